import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { kernelChange, kernelChanges, releaseNumber } from './kernel-changes.ts'

const fixture = new URL('../../../test/fixtures/kernel/seen-in.json', import.meta.url)
const Seen = z.object({
  releases: z.array(z.string()),
  functions: z.record(z.string(), z.array(z.string())),
  tracepoints: z.record(z.string(), z.array(z.string())),
})
const { releases, ...seen } = Seen.parse(JSON.parse(readFileSync(fixture, 'utf8')))

const number = (release: string | undefined, otherwise: number) => releaseNumber(release ?? '') ?? otherwise

test.each(kernelChanges.map((change) => [`${change.kind} ${change.name}`, change] as const))('%s', (_, change) => {
  expect(change.from ?? change.gone).toBeDefined()
  expect(change.source).not.toBe('')
  expect(number(change.from, 0)).toBeLessThan(number(change.gone, Number.POSITIVE_INFINITY))
  if (change.seen !== undefined) expect(number(change.seen, 0)).toBeLessThan(number(change.gone, 0))
  expect(kernelChange(change.kind, change.name)).toBe(change)
})

describe('five kernels agree', () => {
  const functions = kernelChanges.filter(({ kind }) => kind === 'function')
  test.each(functions.map((change) => [change.name, change] as const))('function %s', (name, change) => {
    expect(seen.functions[name]).toBeDefined()
    for (const release of seen.functions[name] ?? []) {
      expect(number(change.from, 0)).toBeLessThanOrEqual(number(release, 0))
      // One that may be inlined, or that nobody calls any more, may be there.
      if (change.how === undefined)
        expect(number(release, 0)).toBeLessThan(number(change.gone, Number.POSITIVE_INFINITY))
    }
  })

  const tracepoints = kernelChanges.filter(({ kind, name }) => kind === 'tracepoint' && !name.startsWith('syscalls:'))
  test.each(tracepoints.map((change) => [change.name, change] as const))('tracepoint %s', (name, change) => {
    const expected = releases.filter((release) => {
      const at = number(release, 0)
      const gone = change.seen === undefined ? change.gone : undefined
      return at >= number(change.from, 0) && at < number(gone, Number.POSITIVE_INFINITY)
    })
    const last = number(change.seen, Number.POSITIVE_INFINITY)
    expect(seen.tracepoints[name]).toEqual(expected.filter((release) => number(release, 0) <= last))
  })
})

describe('functions of system calls', () => {
  test('went with 4.17', () => {
    expect(kernelChange('function', 'sys_read')).toMatchObject({
      gone: '4.17',
      after: 'tracepoint:syscalls:sys_enter_read',
    })
  })
  test('carry the name of the architecture since', () => {
    expect(kernelChange('function', '__x64_sys_read')).toMatchObject({
      from: '4.17',
      note: expect.stringContaining('x86-64'),
    })
    expect(kernelChange('function', 'vfs_read')).toBeUndefined()
  })
})
