/**
 * What the text reports of google/pprof have in common: a view, how much of it is shown, and how values are written. The
 * reports themselves (`top`, `tree`, `dot`, …) are files beside this one.
 */
import { truncateToInt64 } from '../int64.ts'
import { mergedOnce } from '../merge.ts'
import type { Profile } from '../profile.ts'
import { scale, scaledText } from '../units.ts'
import { type View, viewOf } from '../view.ts'
import type { ViewOptions } from '../view-options.ts'

export interface ReportOptions extends ViewOptions {
  /** Sort by cumulative value. */
  readonly cum?: boolean | undefined
  /** Nodes at most, 0 for all; what is left out without it depends on the report. */
  readonly nodecount?: number | undefined
  readonly node_fraction?: number | undefined
  readonly edge_fraction?: number | undefined
  /** false: show everything, whatever the three above say. */
  readonly trim?: boolean | undefined
  /** One node for each path instead of one for each function: graphs only. */
  readonly call_tree?: boolean | undefined
  /** Leave out what the profile says about itself. */
  readonly compact_labels?: boolean | undefined
}

export interface Report {
  readonly view: View
  readonly options: ReportOptions
  /** What percentages refer to. */
  readonly total: bigint
}

/** Samples that are the same are added up first, as google/pprof does when it reads a profile. */
export function makeReport(profile: Profile, options: ReportOptions): Report {
  const view = viewOf(mergedOnce(profile), { ...options, startLines: true })
  return { view, options, total: view.pctBase }
}

export type FormatValue = (value: bigint) => string

/** Writes values in one unit for the whole report: the one asked for, else one in which the smallest can be seen. */
export function valueFormat(report: Report, unit: string): FormatValue {
  const { divideBy, sampleType } = report.view
  return (value) => scaledText(scaledBy(Number(value), divideBy), sampleType.unit, unit)
}

export function scaledBy(value: number, divideBy: number): number {
  return divideBy === 1 ? value : Number(truncateToInt64(value * (1 / divideBy)))
}

/** `values`: the least magnitude that each node of the report shows; 0n where there is none. */
export function chooseUnit(report: Report, values: Iterable<bigint>, wholeNumbers = false): string {
  const { view, total } = report
  if (view.unit !== undefined && view.unit !== 'minimum') return view.unit
  let least = 0n
  let isEmpty = true
  for (const value of values) {
    isEmpty = false
    if (value > 0n && (least === 0n || value < least)) least = value
  }
  if (isEmpty) return 'minimum'
  if (least === 0n) least = total
  const low = scaledBy(Number(least), view.divideBy)
  const high = scaledBy(Number(total), view.divideBy)
  const unitOf = (value: number) => scale(value, view.sampleType.unit, 'minimum').unit
  let unit = unitOf(low)
  // Two digits behind the point make room for a unit a hundred times larger.
  if (unit !== unitOf(high) && low * 100 < high && !wholeNumbers) unit = unitOf(100 * low)
  return unit === '' ? view.sampleType.unit : unit
}
