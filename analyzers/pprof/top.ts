/** The hottest frames: flat and cumulative values of each, ranked. */
import { z } from 'zod'
import type { FrameSums } from './graph.ts'
import { exactAt, toDouble } from './int64.ts'
import type { Int64Column, Profile } from './profile.ts'
import { topHints } from './top-hints.ts'
import { frameSums, shownValue, type View, viewHeadOf, viewOf } from './view.ts'
import { viewNotes } from './view-notes.ts'
import { exactInteger, type ViewOptions, viewResult } from './view-options.ts'

export const topRow = z.object({
  name: z.string().describe('The frame as google/pprof prints it'),
  file: z.string().describe('Source file, or empty'),
  line: z.int().describe('Source line at line or address granularity, else 0'),
  flat: exactInteger.describe('Value of samples that end in this frame'),
  cum: exactInteger.describe('Value of samples that contain this frame'),
  flat_pct: z.number().describe('flat in percent of pct_base'),
  sum_pct: z.number().describe('flat_pct of this row and all above it'),
  cum_pct: z.number().describe('cum in percent of pct_base'),
})

export const topResult = z.object({
  ...viewResult,
  rows: z.array(topRow).describe('Sorted by the chosen value, largest magnitude first'),
  omitted: z.int().describe('Rows left out by nodecount'),
  hints: z.array(z.string()).describe('What to look at next'),
})
export type TopResult = z.output<typeof topResult>

export interface TopOptions extends ViewOptions {
  /** Sort by cum instead of flat. */
  readonly cum?: boolean | undefined
  /** 0 for all. */
  readonly nodecount?: number | undefined
}

export function top(profile: Profile, options: TopOptions = {}): TopResult {
  return topOfView(viewOf(profile, options), options)
}

export function topOfView(view: View, options: Pick<TopOptions, 'cum' | 'nodecount'>): TopResult {
  const sums = frameSums(view)
  const { flat, cum } = sums
  const all = framesWithValue(view, sums)
  const shown = largestFrames(view, all, options.cum === true ? cum : flat, options.nodecount)
  const base = Number(view.pctBase)
  const percent = (value: number) => (base === 0 ? 0 : (value / base) * 100)
  let flatSum = 0
  const rows = shown.map((frame) => {
    const { name, file, line } = view.table.frames[frame] ?? { name: '', file: '', line: 0 }
    const flatValue = exactAt(flat, frame)
    const cumValue = exactAt(cum, frame)
    flatSum += toDouble(flatValue)
    return {
      name,
      file,
      line,
      flat: shownValue(view, flatValue),
      cum: shownValue(view, cumValue),
      flat_pct: percent(toDouble(flatValue)),
      sum_pct: percent(flatSum),
      cum_pct: percent(toDouble(cumValue)),
    }
  })
  const notes = viewNotes(view)
  if (all.length === 0 && view.stacks.live.includes(1)) notes.push(noRowsNote(view))
  return {
    ...viewHeadOf(view),
    rows,
    omitted: all.length - shown.length,
    notes,
    hints: topHints(view, rows, options),
  }
}

function noRowsNote(view: View): string {
  return view.dropsNegative
    ? 'All values are negative: call again without drop_negative.'
    : 'All values cancel out, or belong to samples without a stack.'
}

/** Frames with a value, in no order. */
export function framesWithValue(view: View, { flat, cum }: FrameSums): number[] {
  const shown: number[] = []
  for (let frame = 0; frame < view.table.frames.length; frame++) {
    if (view.dropsNegative && isNegative(flat[frame] ?? 0, cum[frame] ?? 0)) continue
    if (Number(flat[frame]) !== 0 || Number(cum[frame]) !== 0) shown.push(frame)
  }
  return shown
}

/** By its own value, or by the cumulative one where it has none of its own. */
function isNegative(flat: number | bigint, cum: number | bigint): boolean {
  return Number(flat) < 0 || (Number(flat) === 0 && Number(cum) < 0)
}

/** The first `limit` frames (0: all) by magnitude of `key`, then by name. */
export function largestFrames(view: View, frames: readonly number[], key: Int64Column, limit = 0): number[] {
  const names = view.table.frames
  return largest(frames, limit, {
    magnitude: (frame) => Math.abs(Number(key[frame] ?? 0)),
    name: (frame) => names[frame]?.name ?? '',
  })
}

/**
 * The first `limit` rows (0: all), largest first, equal ones by name. Only what can be among them is sorted: of twenty
 * thousand functions most have a flat value of zero, and comparing all their names would cost more than the sums.
 */
export function largest(
  rows: readonly number[],
  limit: number,
  by: { readonly magnitude: (row: number) => number; readonly name: (row: number) => string },
): number[] {
  let candidates = [...rows]
  if (limit > 0 && limit < rows.length) {
    const least = Float64Array.from(rows, by.magnitude).sort().at(-limit) ?? 0
    candidates = candidates.filter((row) => by.magnitude(row) >= least)
  }
  candidates.sort((left, right) => {
    const difference = by.magnitude(right) - by.magnitude(left)
    return difference !== 0 ? difference : compareNames(by.name(left), by.name(right))
  })
  return limit > 0 ? candidates.slice(0, limit) : candidates
}

/** By code units, so that the order does not depend on a locale. */
export function compareNames(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
