/** A seeded share of the soak: damaged programs through everything, for the oldest and the newest target. */
import { expect, test } from 'vitest'
import { requireVersion } from '../../analyzers/bpftrace/version.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'
import { ask, check, rewrite } from './everything.ts'
import { mutate, randomFrom } from './mutate.ts'
import { seedPrograms } from './seed-programs.ts'
import { TARGETS } from './soak-share.ts'

const SEED = 20_261_121
const PROGRAMS = 250

// Without the installed tools: the same programs on every machine.
const seeds = await seedPrograms({ installed: false })
const kernel = await createKernelFacts({ source: 'snapshot' })

test('a seed makes one program', () => {
  expect(seeds.length).toBeGreaterThan(1000)
  expect(mutate(seeds, SEED)).toBe(mutate(seeds, SEED))
  expect(new Set(Array.from({ length: 50 }, (_, index) => mutate(seeds, SEED + index))).size).toBeGreaterThan(45)
})

test.each(TARGETS)(
  'whatever is done about damaged programs for %s ends without an exception',
  { timeout: 120_000 },
  (version) => {
    const bpftrace = requireVersion(version)
    for (let index = 0; index < PROGRAMS; index++) {
      const program = mutate(seeds, SEED + index)
      const random = randomFrom(index)
      const judged = { bpftrace, kernel, unsafe: random.below(2) === 0 }
      expect(
        () => {
          check(program, judged)
          ask(program, judged, random.below(program.length + 1))
          rewrite(program, judged)
        },
        `program ${index}: ${JSON.stringify(program)}`,
      ).not.toThrow()
    }
  },
)
