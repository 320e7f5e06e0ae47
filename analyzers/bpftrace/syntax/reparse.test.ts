import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editedPrograms, programs } from '../../../test/edits.ts'
import type { TopLevel } from './ast.ts'
import { parse } from './parse.ts'
import { reparse } from './reparse.ts'

describe('a changed text read again', () => {
  test('is what reading it whole makes of it, after any edits of any program', () => {
    fc.assert(
      fc.property(editedPrograms(8), (versions) => {
        const [first = '', ...later] = versions
        let tree = parse(first)
        for (const text of later) {
          tree = reparse(tree, text)
          expect(tree).toEqual(parse(text))
        }
      }),
      { numRuns: 80 },
    )
  })

  test('keeps the items that the change has not touched', () => {
    const text = 'BEGIN { @a = 1 }\nEND { @b = 1 }\nkprobe:f { @c = 1 }\nkprobe:g { @d = 1 }\n'
    const before = parse(text)
    const [first, , , last] = before.program.items
    const after = reparse(before, text.replace('@c = 1', '@c = 1234'))
    expect(after.program.items[0]).toBe(first)
    expect(after.program.items[3]).toBe(last)
    expect(after.source.slice(last?.span.start, last?.span.end)).toBe('kprobe:g { @d = 1 }')
  })

  test('keeps the statements around the change, where the change is within one probe', () => {
    const text = 'kprobe:f {\n  @a = 1;\n  let $b = 2;\n  @c = $b;\n  @d = 4;\n}\nEND { @a = 5 }\n'
    const before = parse(text)
    const statementsOf = ([probe]: readonly TopLevel[]) => (probe?.kind === 'Probe' ? probe.body.statements : [])
    const [first, , , last] = statementsOf(before.program.items)
    const [, end] = before.program.items
    const after = reparse(before, text.replace('@c = $b', '@c = $b + 1; @more = 3'))
    const now = statementsOf(after.program.items)
    expect(now[0]).toBe(first)
    expect(now[4]).toBe(last)
    expect(after.program.items[1]).toBe(end)
    expect(after).toEqual(parse(after.source))
  })

  test.each(programs)('any prefix of %#, grown letter by letter', (text) => {
    let tree = parse('')
    const step = Math.max(1, Math.floor(text.length / 20))
    for (let end = 0; end <= text.length; end += step) {
      tree = reparse(tree, text.slice(0, end))
      expect(tree).toEqual(parse(text.slice(0, end)))
    }
  })
})
