/** The hottest frames: flat and cumulative values of each, ranked. */
import { z } from 'zod'
import { exactAt, toDouble, toExact } from './int64.ts'
import type { Int64Column, Profile } from './profile.ts'
import { frameSums, type View, viewOf } from './view.ts'
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
  const { flat, cum } = frameSums(view)
  const order = rankedFrames(view, options.cum === true ? cum : flat, options.cum === true ? flat : cum)
  const shown = options.nodecount ? order.slice(0, options.nodecount) : order
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
      flat: flatValue,
      cum: cumValue,
      flat_pct: percent(toDouble(flatValue)),
      sum_pct: percent(flatSum),
      cum_pct: percent(toDouble(cumValue)),
    }
  })
  return {
    sample_type: view.sampleType,
    total: toExact(view.total),
    pct_base: toExact(view.pctBase),
    rows,
    omitted: order.length - shown.length,
    notes: viewNotes(view),
  }
}

/** Frames with a value, by magnitude of `key`, then of `second`, then by name. */
export function rankedFrames(view: View, key: Int64Column, second: Int64Column): number[] {
  const { frames } = view.table
  const order: number[] = []
  for (let frame = 0; frame < frames.length; frame++) {
    if (Number(key[frame]) !== 0 || Number(second[frame]) !== 0) order.push(frame)
  }
  const magnitude = Float64Array.from({ length: frames.length }, (_, frame) => Math.abs(Number(key[frame])))
  return order.sort((left, right) => {
    const difference = (magnitude[right] ?? 0) - (magnitude[left] ?? 0)
    return difference !== 0 ? difference : compareNames(frames[left]?.name ?? '', frames[right]?.name ?? '')
  })
}

/** By code units, so that the order does not depend on a locale. */
export function compareNames(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
