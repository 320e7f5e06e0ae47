/**
 * Misspelt words of every kind, from a seed: the first fix is what was meant. The bundled kernel gives the names; the
 * oracle tests do the same with this machine's, through the command line.
 */
import { expect, test } from 'vitest'
import { inspect } from '../../../analyzers/bpftrace/inspect.ts'
import { requireVersion } from '../../../analyzers/bpftrace/version.ts'
import { snapshotFacts } from '../../../services/kernel/snapshot.ts'
import { mended, misspeltPrograms, shares } from './measure.ts'

const SEED = 20_261_122
/** Of some 20 words of a kind; among registers and integers of a few letters one slip is another's name. */
const LEAST = 0.8

test.each(['0.27.1', '0.17.0'])('the word that was meant is the first fix for %s', async (release) => {
  const kernel = await snapshotFacts('It is the one that tests use.')
  const bpftrace = requireVersion(release)
  const outcomes = misspeltPrograms(bpftrace, kernel, SEED, 25).map((each) => ({
    ...each,
    mended: mended(each, inspect(each.program, { bpftrace, kernel }).diagnostics),
  }))
  const byKind = shares(outcomes)
  const wrong = outcomes
    .filter((each) => each.mended !== each.original)
    .map(({ kind, program }) => `${kind}: ${program}`)
  expect(outcomes.length).toBeGreaterThan(600)
  expect(byKind.get('all'), wrong.join('\n')).toBeGreaterThanOrEqual(0.97)
  expect(
    [...byKind].filter(([, share]) => share < LEAST),
    wrong.join('\n'),
  ).toEqual([])
})
