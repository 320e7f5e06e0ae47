/**
 * The rows of frames in the order in which a report shows them, computed on columns: a profile has thousands of frames and
 * hundreds of thousands of calls of which a report shows a few dozen, so only those become objects. Rules of google/pprof.
 */
import type { EdgeColumns, FrameSums } from '../graph.ts'
import { truncateToInt64 } from '../int64.ts'
import type { Int64Column } from '../profile.ts'
import type { View } from '../view.ts'
import { compareBytes, placeOf } from './node-order.ts'
import { magnitude } from './report-graph.ts'

/** Rows by flat value, by cumulative value, or by scores. */
export function orderRows(view: View, rows: readonly number[], sums: FrameSums, by: 'flat' | 'cum' | Scores): number[] {
  const { frames } = view.table
  const first = by === 'flat' ? sums.flat : by === 'cum' ? sums.cum : by
  const last = by === 'flat' ? sums.cum : sums.flat
  const name = (row: number) => frames[row]?.name ?? ''
  // Most names compare as their halves do, which the engine is far quicker at.
  const isPlain = rows.every((row) => !RARE.test(name(row)))
  const compareNames = isPlain ? compareUnits : compareBytes
  const place = (row: number) => {
    const frame = frames[row]
    return frame === undefined ? '' : placeOf(frame)
  }
  return [...rows].sort(
    (left, right) =>
      byMagnitude(first, left, right) ||
      compareNames(name(left), name(right)) ||
      byMagnitude(last, left, right) ||
      compareBytes(place(left), place(right)),
  )
}

/** Halves of code points that do not fit into one. */
const RARE = /[\ud800-\udfff]/

function compareUnits(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1
}

function byMagnitude(column: Int64Column, left: number, right: number): number {
  if (column instanceof Float64Array) return Math.abs(column[right] ?? 0) - Math.abs(column[left] ?? 0)
  const difference = magnitude(column[right] ?? 0n) - magnitude(column[left] ?? 0n)
  return difference === 0n ? 0 : difference > 0n ? 1 : -1
}

/** By frame. */
export type Scores = BigInt64Array

/**
 * How much a picture would lose without each frame: its cumulative value, the more the less its calls in and out are a
 * mere passing through.
 */
export function entropyScores(rows: readonly number[], sums: FrameSums, edges: EdgeColumns): Scores {
  const count = sums.flat.length
  const nothing = sums.flat instanceof Float64Array ? new Float64Array(count) : new BigInt64Array(count)
  const incoming = entropies(edges.callee, edges, nothing)
  const outgoing = entropies(edges.caller, edges, sums.flat)
  const scores = new BigInt64Array(count)
  for (const row of rows) {
    const both = (incoming[row] ?? 0) + (outgoing[row] ?? 0)
    // A call of weight zero has no entropy, not even zero: then the score is the least int64.
    scores[row] = truncateToInt64(both * Number(sums.cum[row] ?? 0)) + BigInt(sums.flat[row] ?? 0)
  }
  return scores
}

/** The entropy of the calls at each frame that is an end of some, 1 where there is none. `own` counts as a call too. */
function entropies(ends: Uint32Array, edges: EdgeColumns, own: Int64Column): Float64Array {
  const { length, caller, callee, weight } = edges
  const totals = totalsAt(ends, edges, own)
  const hasCalls = new Uint8Array(own.length)
  const result = new Float64Array(own.length)
  const add = (end: number, value: number) => {
    const total = totals[end] ?? 0
    if (total === 0) return
    const share = Math.abs(value) / total
    result[end] = (result[end] ?? 0) - share * Math.log2(share)
  }
  for (let edge = 0; edge < length; edge++) {
    if (caller[edge] === callee[edge]) continue
    hasCalls[ends[edge] ?? 0] = 1
    add(ends[edge] ?? 0, Number(weight[edge] ?? 0))
  }
  for (let row = 0; row < own.length; row++) {
    const value = Number(own[row] ?? 0)
    if (hasCalls[row] === 0) result[row] = 1
    else if (value > 0) add(row, value)
  }
  return result
}

/** What the shares of the calls at each frame are of: the positive ones and its own value. */
function totalsAt(ends: Uint32Array, { length, caller, callee, weight }: EdgeColumns, own: Int64Column): Float64Array {
  if (own instanceof Float64Array && weight instanceof Float64Array) {
    const totals = own.slice()
    for (let edge = 0; edge < length; edge++) {
      const value = weight[edge] ?? 0
      const end = ends[edge] ?? 0
      if (value > 0 && caller[edge] !== callee[edge]) totals[end] = (totals[end] ?? 0) + value
    }
    return totals
  }
  // Of 64-bit integers, wrapping around.
  const totals = BigInt64Array.from(own, BigInt)
  for (let edge = 0; edge < length; edge++) {
    const value = BigInt(weight[edge] ?? 0)
    const end = ends[edge] ?? 0
    if (value > 0n && caller[edge] !== callee[edge]) totals[end] = (totals[end] ?? 0n) + value
  }
  return Float64Array.from(totals, Number)
}
