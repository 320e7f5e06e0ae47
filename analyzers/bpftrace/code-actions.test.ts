import { describe, expect, test } from 'vitest'
import { codeActions, safeEdits } from './code-actions.ts'
import type { Diagnostic, Fix } from './diagnostic.ts'

const source = 'BEGIN { print(old); print(old); }'

function fix(start: number, safe: boolean, title = 'Replace'): Fix {
  return { title, safe, edits: [{ span: { start, end: start + 3 }, newText: 'new' }] }
}

function finding(start: number, fixes: readonly Fix[], origin: 'rule' | 'compiler' = 'rule'): Diagnostic {
  const span = { start, end: start + 3 }
  return {
    severity: origin === 'rule' ? 'warning' : 'error',
    code: 'old',
    message: '',
    origin,
    span,
    related: [],
    fixes,
  }
}

describe('code actions', () => {
  test('fixes first, then all that is safe, then the comment', () => {
    const actions = codeActions(source, [finding(14, [fix(14, true)])], { start: 15, end: 15 })
    expect(actions.map(({ kind }) => kind)).toEqual(['quick-fix', 'fix-all', 'ignore'])
    expect(actions[0]).toMatchObject({ preferred: true, fixes: [{ code: 'old' }] })
  })

  test('of several fixes none is preferred, and they keep their order', () => {
    const actions = codeActions(source, [finding(14, [fix(14, false, 'First'), fix(14, false, 'Second')])], {
      start: 14,
      end: 14,
    })
    const quick = actions.filter(({ kind }) => kind === 'quick-fix')
    expect(quick.map(({ title, preferred }) => [title, preferred])).toEqual([
      ['First', false],
      ['Second', false],
    ])
  })

  test('only what is at the cursor has quick fixes; fixing all takes the whole program', () => {
    const actions = codeActions(source, [finding(14, [fix(14, true)]), finding(26, [fix(26, true)])], {
      start: 0,
      end: 0,
    })
    expect(actions.map(({ kind }) => kind)).toEqual(['fix-all'])
    expect(actions[0]?.edits).toHaveLength(2)
  })

  test('what may change the meaning is not among all that is safe, and edits never meet', () => {
    expect(safeEdits([finding(14, [fix(14, false)])]).edits).toEqual([])
    expect(safeEdits([finding(14, [fix(14, true)]), finding(15, [fix(15, true)])]).fixed).toHaveLength(1)
  })

  test('an error of the compiler cannot be ignored', () => {
    expect(codeActions(source, [finding(14, [], 'compiler')], { start: 14, end: 14 })).toEqual([])
  })
})
