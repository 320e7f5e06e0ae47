import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasName, namesLike, namesMatching, wildcardExpression } from './kernel-names.ts'

const name = fc.stringMatching(/^[abX_.]{1,5}$/)
const list = fc.uniqueArray(name, { maxLength: 40 })

test('sorted or not, a list gives the same answers as a plain search', () => {
  const pattern = fc.stringMatching(/^[abX_*.]{1,5}$/)
  fc.assert(
    fc.property(list, pattern, name, (names, wild, wanted) => {
      const sorted = names.toSorted()
      const expected = sorted.filter((each) => wildcardExpression(wild).test(each))
      expect(namesMatching(sorted, wild)).toEqual(expected)
      expect([...namesMatching(names, wild)].sort()).toEqual(expected)
      expect(hasName(sorted, wanted)).toBe(sorted.includes(wanted))
      expect(hasName(names, wanted)).toBe(names.includes(wanted))
    }),
  )
})

test('what starts with the written text comes first, then what holds it in any case', () => {
  const names = ['do_read', 'read_once', 'vfs_READ', 'vfs_read', 'write']
  expect(namesLike(names, 'read', 10)).toEqual({ names: ['read_once', 'do_read', 'vfs_READ', 'vfs_read'], more: false })
  expect(namesLike(names, 'read', 2)).toEqual({ names: ['read_once', 'do_read'], more: true })
  expect(namesLike(names, '', 3)).toEqual({ names: ['do_read', 'read_once', 'vfs_READ'], more: true })
})

test('a star is any text, all else is literal', () => {
  expect(wildcardExpression('a.b*').test('a.bc')).toBe(true)
  expect(wildcardExpression('a.b*').test('axbc')).toBe(false)
  expect(wildcardExpression('*a**b*').test('xaxbx')).toBe(true)
  expect(wildcardExpression('a?c').test('abc')).toBe(false)
  expect(wildcardExpression('a').test('ab')).toBe(false)
})
