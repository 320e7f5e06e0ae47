/**
 * How property tests are run: with a fixed seed and a small number of tries in `npm test`, so that a failure can be
 * seen again; with a new seed and a million tries a property, or until the time is up, in `npm run soak`. Properties
 * that need fewer tries than the default say `runs(20)`, which soaks all the same.
 */
import { configureGlobal } from 'fast-check'

export const isSoak = process.env.TRACEWRIGHT_SOAK !== undefined
const soakMinutes = Number(process.env.TRACEWRIGHT_SOAK)

configureGlobal(
  isSoak
    ? { numRuns: 1_000_000, interruptAfterTimeLimit: soakMinutes * 60_000, markInterruptAsFailure: false }
    : { numRuns: 100, seed: 20_261_121 },
)

/** Parameters for `fc.assert`: so many tries in `npm test`, the soak's number in a soak. */
export const runs = (numRuns: number) => (isSoak ? {} : { numRuns })
