import { describe, expect, test } from 'vitest'
import { parseCompositionArguments, parseFormArguments, parseFromTemplates } from './template-form-messages.ts'

const choice = {
  template: 'off-cpu',
  parameters: { tid: '7', failed: true },
  operations: [{ kind: 'filter', condition: 'pid == 1' }],
} as const

describe('what the form says', () => {
  test.each([
    [{ type: 'preview-wanted', id: 1, choice }],
    [{ type: 'use', action: 'copy', id: 2, choice }],
    [{ type: 'values-wanted', id: 3, template: 'x', parameter: 'y', text: '', parameters: {} }],
  ])('%j is taken as it is', (message) => {
    expect(parseFromTemplates(message)).toEqual(message)
  })

  test.each([
    [null],
    [{ type: 'use', action: 'run', id: 1, choice }],
    [{ type: 'use', action: 'copy', choice }],
    [{ type: 'preview-wanted', id: -1, choice }],
    [{ type: 'preview-wanted', id: 1, choice: { ...choice, operations: [{ kind: 'unsafe' }] } }],
    [{ type: 'preview-wanted', id: 1, choice: { ...choice, program: 'x' } }],
    [{ type: 'preview-wanted', id: 1, choice: { ...choice, parameters: { a: {} } } }],
    [{ type: 'copy', text: 'x' }],
  ])('%j is refused', (message) => {
    expect(() => parseFromTemplates(message)).toThrow()
  })
})

describe('what a key binding asks for', () => {
  test('a template with parameters, or without', () => {
    expect(parseFormArguments({ template: 'forks' })).toEqual({ template: 'forks', parameters: {} })
    expect(parseFormArguments({ template: 'forks', parameters: { pid: 1 } })?.parameters).toEqual({ pid: 1 })
  })

  test('a menu hands over a file, the palette nothing: the form asks', () => {
    expect(parseFormArguments(undefined)).toBeUndefined()
    expect(parseFormArguments({ scheme: 'file', path: '/x.bt' })).toBeUndefined()
    expect(parseCompositionArguments({ scheme: 'file', path: '/x.bt' })).toBeUndefined()
  })

  test('operations and programs to merge', () => {
    expect(parseCompositionArguments({ operations: choice.operations })).toEqual({
      operations: choice.operations,
      files: [],
    })
    expect(parseCompositionArguments({ template: 'forks' })?.template).toBe('forks')
  })
})
