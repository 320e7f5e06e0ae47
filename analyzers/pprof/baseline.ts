/**
 * Compares a profile with what profiles of the same kind looked like before: the shares of its functions, and its total
 * per second. Pure; who remembers the history is not known here.
 */
import { z } from 'zod'
import type { TopResult } from './top.ts'

export interface RememberedFunction {
  readonly name: string
  readonly flatPct: number
  readonly cumPct: number
}

export interface RememberedProfile {
  readonly functions: readonly RememberedFunction[]
  /** Total of the sample type per second of profiling; null where the duration is unknown. */
  readonly perSecond: number | null
}

/** Below this share a function is not remembered: it says nothing and would fill the store. */
const leastShare = 0.1
const mostFunctions = 2000

export const deviationResult = z.object({
  function: z.string().describe('Name of the function'),
  metric: z.enum(['flat', 'cum']).describe('Which share changed'),
  current_pct: z.number().describe('Its share in this profile, percent'),
  baseline_pct: z.number().describe('Its mean share in the baseline, percent'),
  delta_pct: z.number().describe('The difference in percentage points'),
  severity: z.enum(['low', 'medium', 'high']).describe('high from 10 points, medium from 5'),
})
export type Deviation = z.output<typeof deviationResult>

export interface BaselineComparison {
  /** Largest change first. */
  readonly deviations: readonly Deviation[]
  /** Total per second now and before, and the change in percent; null where a duration is unknown. */
  readonly rate: { readonly current: number; readonly baseline: number; readonly changePct: number } | null
}

/** What to remember of a profile, from the rows of all its functions. */
export function remember(all: TopResult, durationNanos: bigint): RememberedProfile {
  const seconds = Number(durationNanos) / 1e9
  return {
    functions: all.rows
      .filter((row) => Math.abs(row.cum_pct) >= leastShare)
      .slice(0, mostFunctions)
      .map((row) => ({ name: row.name, flatPct: row.flat_pct, cumPct: row.cum_pct })),
    perSecond: seconds > 0 ? Number(all.total) / seconds : null,
  }
}

/**
 * A function that a remembered profile lacks had no share in it. A change counts from two points on, or from half a point
 * when it is a third of the former share: a hundredth of a percent that doubles is noise.
 */
export function compareWithBaseline(
  current: RememberedProfile,
  history: readonly RememberedProfile[],
): BaselineComparison {
  const means = meanShares(history)
  const now = new Map(current.functions.map((each) => [each.name, each]))
  const deviations: Deviation[] = []
  for (const name of new Set([...means.keys(), ...now.keys()])) {
    const before = means.get(name) ?? { flatPct: 0, cumPct: 0 }
    const after = now.get(name) ?? { flatPct: 0, cumPct: 0 }
    for (const [metric, was, is] of [
      ['flat', before.flatPct, after.flatPct],
      ['cum', before.cumPct, after.cumPct],
    ] as const) {
      const delta = is - was
      if (!isSignificant(delta, was)) continue
      deviations.push({
        function: name,
        metric,
        current_pct: is,
        baseline_pct: was,
        delta_pct: delta,
        severity: severityOf(delta),
      })
    }
  }
  deviations.sort((a, b) => Math.abs(b.delta_pct) - Math.abs(a.delta_pct) || (a.function < b.function ? -1 : 1))
  return { deviations, rate: compareRates(current, history) }
}

function meanShares(history: readonly RememberedProfile[]): Map<string, { flatPct: number; cumPct: number }> {
  const sums = new Map<string, { flatPct: number; cumPct: number }>()
  for (const profile of history) {
    for (const { name, flatPct, cumPct } of profile.functions) {
      const sum = sums.get(name) ?? { flatPct: 0, cumPct: 0 }
      sums.set(name, { flatPct: sum.flatPct + flatPct, cumPct: sum.cumPct + cumPct })
    }
  }
  const count = Math.max(1, history.length)
  for (const [name, { flatPct, cumPct }] of sums) sums.set(name, { flatPct: flatPct / count, cumPct: cumPct / count })
  return sums
}

function isSignificant(delta: number, was: number): boolean {
  const size = Math.abs(delta)
  return size >= 2 || (size >= 0.5 && size >= Math.abs(was) / 3)
}

function severityOf(delta: number): Deviation['severity'] {
  const size = Math.abs(delta)
  if (size >= 10) return 'high'
  return size >= 5 ? 'medium' : 'low'
}

function compareRates(current: RememberedProfile, history: readonly RememberedProfile[]): BaselineComparison['rate'] {
  const rates = history.flatMap(({ perSecond }) => (perSecond === null ? [] : [perSecond]))
  if (current.perSecond === null || rates.length === 0) return null
  const baseline = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
  if (baseline === 0) return null
  return {
    current: current.perSecond,
    baseline,
    changePct: (100 * (current.perSecond - baseline)) / Math.abs(baseline),
  }
}
