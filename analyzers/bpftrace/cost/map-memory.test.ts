import { describe, expect, test } from 'vitest'
import { parseVersion } from '../version.ts'
import { type MapShape, mapBytes, mapLayout } from './map-memory.ts'

describe('mapBytes is what bpftool showed as memlock on a machine of two CPUs', () => {
  const seen: readonly (readonly [MapShape['type'], number, number, number, number])[] = [
    ['percpu_hash', 16, 8, 4096, 426_880],
    ['percpu_hash', 16, 16, 4096, 492_416],
    ['percpu_hash', 1024, 8, 4096, 4_555_648],
    ['percpu_hash', 8, 8, 1, 992],
    ['hash', 8, 8, 4096, 328_720],
    ['hash', 4, 1024, 4096, 4_492_288],
    ['hash', 8, 8, 1, 1120],
    ['lru_hash', 4, 1, 100, 9344],
    ['percpu_array', 4, 8, 1, 344],
    ['stack_trace', 4, 1016, 131_072, 136_315_200],
    ['stack_trace', 4, 40, 131_072, 8_388_928],
  ]
  test.each(seen)('%s, key %i, value %i, %i entries', (type, key, value, maxEntries, bytes) => {
    expect(Math.abs(mapBytes({ type, key, value, maxEntries }, 2) - bytes)).toBeLessThanOrEqual(16)
  })
})

test.each([
  ['0.17.0', false],
  ['0.23.2', true],
  ['0.27.1', true],
])('scalar maps of %s have one entry: %s', (version, single) => {
  const parsed = parseVersion(version)
  if (parsed === undefined) throw new Error(version)
  expect(mapLayout(parsed).singleScalars).toBe(single)
})
