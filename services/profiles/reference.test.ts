import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newIdentifier, parseReference } from './reference.ts'

test('a reference is a path unless it has a prefix', () => {
  expect(parseReference('handle:0123456789abcdef')).toEqual({ kind: 'handle', id: '0123456789abcdef' })
  expect(parseReference('bundle:0123456789abcdef')).toEqual({ kind: 'bundle', id: '0123456789abcdef' })
  expect(parseReference('./handle:x')).toEqual({ kind: 'path', path: './handle:x' })
})

test.each([
  'handle:',
  'handle:123',
  'handle:0123456789ABCDEF',
  'bundle:../../etc/passwd',
  'handle:0123456789abcdef0',
  '',
  '  ',
  'a\0b',
])('refuses %j', (text) => {
  expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
})

test('any text is a path, a handle, a bundle or a UserError', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('', 'handle:', 'bundle:'), (text, prefix) => {
      try {
        const reference = parseReference(prefix + text)
        expect(reference.kind === 'path' ? reference.path : `${reference.kind}:${reference.id}`).toBe(prefix + text)
      } catch (error) {
        expect(error).toHaveProperty('name', 'UserError')
      }
    }),
  )
})

test('identifiers do not repeat', () => {
  const made = new Set(Array.from({ length: 1000 }, newIdentifier))
  expect(made.size).toBe(1000)
  for (const id of made) expect(id).toMatch(/^[0-9a-f]{16}$/)
})
