import { expect, test } from 'vitest'
import { anyOf, exactly, fieldsOf, isNatural, isText, listOf, oneOf, optional, recordOf, textUpTo } from './shapes.ts'

test.each([
  [isNatural, [0, 7], [-1, 1.5, '1', Number.NaN, null]],
  [textUpTo(3), ['', 'abc'], ['abcd', 3, undefined]],
  [oneOf('a', 'b'), ['a', 'b'], ['c', undefined]],
  [optional(isText), [undefined, ''], [null, 0]],
  [anyOf<string | number>(isText, isNatural), ['', 0], [-1, null]],
  [listOf(isText, 2), [[], ['a', 'b']], [['a', 'b', 'c'], [1], 'ab', { length: 0 }]],
  [recordOf(textUpTo(1), isNatural), [{}, { a: 1 }], [{ ab: 1 }, { a: '1' }, [], null]],
  [fieldsOf({ a: isText }), [{ a: '' }, { a: '', b: 1 }], [{}, { b: '' }, null, 'a']],
  [exactly({ a: isText, b: optional(isText) }), [{ a: '' }, { a: '', b: '' }], [{ a: '', c: 1 }, { b: '' }, [], null]],
] as const)('shape %#', (shape, good, bad) => {
  for (const value of good) expect(shape(value), JSON.stringify(value)).toBe(true)
  for (const value of bad) expect(shape(value), JSON.stringify(value)).toBe(false)
})

test('what every object inherits is no field of its own', () => {
  expect(fieldsOf({ toString: isText })({})).toBe(false)
  expect(exactly({ a: optional(isText) })({ constructor: 1 })).toBe(false)
})
