import { expect, test } from 'vitest'
import { shortcutOf } from './shortcuts.ts'

const press = (key: string, held: { ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean } = {}) => {
  return { key, ctrlKey: false, metaKey: false, altKey: false, ...held }
}

test.each([
  ['/', {}, { kind: 'search' }],
  ['f', { ctrlKey: true }, { kind: 'search' }],
  ['f', { metaKey: true }, { kind: 'search' }],
  ['f', {}, { kind: 'filters' }],
  ['?', {}, { kind: 'help' }],
  ['Escape', {}, { kind: 'escape' }],
  ['1', {}, { kind: 'mode', mode: 'top-down' }],
  ['9', {}, null],
  ['1', { altKey: true }, null],
  ['x', {}, null],
] as const)('%s %j', (key, held, expected) => {
  expect(shortcutOf(press(key, held), false)).toEqual(expected)
})

test('in a field letters are letters, but search and Escape work', () => {
  for (const key of ['/', 'f', '?', '1']) expect(shortcutOf(press(key), true)).toBeNull()
  expect(shortcutOf(press('f', { ctrlKey: true }), true)).toEqual({ kind: 'search' })
  expect(shortcutOf(press('Escape'), true)).toEqual({ kind: 'escape' })
})
