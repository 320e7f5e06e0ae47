/** The map memory of the cost model against what the kernel allocates for real programs, and the rates of timers. */
import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../analyzers/bpftrace/inspect.ts'
import { migrate } from '../../analyzers/bpftrace/migrate/migrate.ts'
import { newestVersion, requireVersion } from '../../analyzers/bpftrace/version.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'
import { measure, newerPrograms, programs, startLoad } from '../measure-program.ts'

const kernel = await createKernelFacts({ source: 'live' })
const cpus = availableParallelism()
const SECONDS = 1

let stopLoad: (() => void) | undefined
beforeAll(() => {
  stopLoad = startLoad()
})
afterAll(() => stopLoad?.())

describe.each(Object.entries(programs))('%s', (_, program) => {
  test('bpftrace 0.27: map memory within a factor of two', { timeout: 60_000 }, async () => {
    const { mapBytes, probes } = await measure('sid', program, SECONDS)
    const { estimate } = inspect(program, { bpftrace: newestVersion, kernel, cpus }).assessment
    expect(probes).toHaveLength(estimate.probes.length)
    expect(estimate.mapBytes / mapBytes).toBeGreaterThan(0.5)
    expect(estimate.mapBytes / mapBytes).toBeLessThan(2)
  })

  test('bpftrace 0.17: map memory within a factor of two', { timeout: 60_000 }, async () => {
    const bpftrace = requireVersion('0.17')
    const older = migrate(program, { to: bpftrace, from: newestVersion, kernel }).program
    const { mapBytes } = await measure('bookworm', older, SECONDS)
    const { estimate } = inspect(older, { bpftrace, kernel, cpus }).assessment
    expect(estimate.mapBytes / mapBytes).toBeGreaterThan(0.5)
    expect(estimate.mapBytes / mapBytes).toBeLessThan(2)
  })
})

test.each(Object.entries(newerPrograms))(
  'bpftrace 0.27: map memory within a factor of two: %s',
  { timeout: 60_000 },
  async (_, program) => {
    const { mapBytes } = await measure('sid', program, SECONDS)
    const { estimate } = inspect(program, { bpftrace: newestVersion, kernel, cpus }).assessment
    expect(estimate.mapBytes / mapBytes).toBeGreaterThan(0.5)
    expect(estimate.mapBytes / mapBytes).toBeLessThan(2)
  },
)
