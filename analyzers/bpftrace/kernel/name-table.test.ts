import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NameTable } from './name-table.ts'

test('a table of names answers as a map does, however often a name is written', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', '_') }), { maxLength: 600 }),
      (names) => {
        const bytes = names.map((name) => `${name}\0`).join('')
        const table = new NameTable({ byteAt: (place) => bytes.charCodeAt(place) || 0 }, names.length)
        const expected = new Map<string, number>()
        let place = 0
        for (const [value, name] of names.entries()) {
          table.add(place, value)
          if (name !== '' && !expected.has(name)) expected.set(name, value)
          place += name.length + 1
        }
        for (const name of ['', 'never', 'a', ...names]) expect(table.get(name)).toBe(expected.get(name))
        const listed = [...table.places].map((at) => bytes.slice(at, bytes.indexOf('\0', at)))
        expect(listed).toEqual([...expected.keys()])
      },
    ),
  )
})
