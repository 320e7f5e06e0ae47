import fc from 'fast-check'
import { expect, test } from 'vitest'
import { snapshotFacts } from '../../../services/kernel/snapshot.ts'
import { runs } from '../../../test/setup/fast-check.ts'
import { analyze } from '../analyze.ts'
import { requireVersion } from '../version.ts'
import { elided, elidedData } from './elide.ts'

test('a short text stays as it is', () => {
  expect(elided('delete(@a[1])')).toBe('delete(@a[1])')
})

test('of a long one there are the beginning and the end', () => {
  const short = elided(`delete(@a[${'pid, '.repeat(1000)}tid])`)
  expect(short).toMatch(/^delete\(@a\[pid, .* … .*tid\]\)$/)
  expect(short.length).toBeLessThan(130)
})

test('every text becomes one short line', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), fc.nat(9), (text, lines) => {
      const short = elided(text + '\n'.repeat(lines) + text)
      expect(short.length).toBeLessThan(130)
      expect(short).not.toContain('\n')
    }),
    runs(200),
  )
})

test('data without long texts is the same object', () => {
  const data = { name: '@a', count: 3, places: ['x'.repeat(500)] }
  expect(elidedData(data)).toBe(data)
})

test('messages and titles about a long key are short', async () => {
  const program = `begin { @a[${'1, '.repeat(400)}2] = 1; delete(@a[${'1, '.repeat(400)}2]); }`
  const kernel = await snapshotFacts('It is the one that tests use.')
  const { diagnostics } = analyze(program, { bpftrace: requireVersion('0.27.1'), kernel })
  const older = diagnostics.find(({ code }) => code === 'older-spelling')
  expect(older?.message.length).toBeLessThan(350)
  expect(older?.fixes[0]?.title.length).toBeLessThan(130)
})
