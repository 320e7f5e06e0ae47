import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeDiagnostic, placerFor } from './placed-diagnostic.ts'

test('lines and columns count from 1, columns in UTF-16 units, ends are exclusive', () => {
  const place = placerFor('a𝒳b\n\r\nü')
  expect(place({ start: 0, end: 1 })).toEqual({ line: 1, column: 1, endLine: 1, endColumn: 2 })
  expect(place({ start: 3, end: 4 })).toEqual({ line: 1, column: 4, endLine: 1, endColumn: 5 })
  expect(place({ start: 4, end: 7 })).toEqual({ line: 1, column: 5, endLine: 3, endColumn: 1 })
  expect(place({ start: 8, end: 8 })).toEqual({ line: 3, column: 2, endLine: 3, endColumn: 2 })
})

test('a span beyond the text is its end; one that is turned round is empty', () => {
  const place = placerFor('ab')
  expect(place({ start: 5, end: 9 })).toEqual({ line: 1, column: 3, endLine: 1, endColumn: 3 })
  expect(place({ start: 1, end: 0 })).toEqual({ line: 1, column: 2, endLine: 1, endColumn: 2 })
})

test('a place leads back to its offset', () => {
  const text = fc.array(fc.constantFrom('a', '\n', '\r\n', '𝒳', 'ü ')).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, fc.nat(), (source, seed) => {
      const offset = seed % (source.length + 1)
      const { line, column } = placerFor(source)({ start: offset, end: offset })
      const lines = source.split('\n').slice(0, line - 1)
      const before = lines.reduce((sum, each) => sum + each.length + 1, 0)
      expect(before + column - 1).toBe(offset)
    }),
  )
})

test('related places and the edits of fixes are placed too, and nothing else comes along', () => {
  const place = placerFor('x\ny')
  const span = { start: 2, end: 3 }
  const at = { line: 2, column: 1, endLine: 2, endColumn: 2 }
  expect(
    placeDiagnostic(
      {
        severity: 'error',
        code: 'syntax',
        message: 'm',
        origin: 'compiler',
        span,
        related: [{ span, message: 'r' }],
        fixes: [{ title: 't', safe: true, edits: [{ span, newText: 'z' }] }],
        tags: ['deprecated'],
      },
      place,
    ),
  ).toEqual({
    severity: 'error',
    code: 'syntax',
    message: 'm',
    origin: 'compiler',
    ...at,
    related: [{ ...at, message: 'r' }],
    fixes: [{ title: 't', edits: [{ ...at, newText: 'z' }] }],
  })
})
