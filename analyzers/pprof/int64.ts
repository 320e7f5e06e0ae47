/**
 * Exact sums of int64 values. Every report is linear in the values of the samples, so it is computed on doubles; where
 * doubles would round, the values are cut into limbs small enough to add up exactly, the report runs once per limb, and
 * the sums are put together as 64-bit integers that wrap around as in google/pprof.
 */
import type { Int64Column } from './profile.ts'

const LIMB_BITS = 24
const LIMBS = 3

/**
 * Runs a linear computation on a column. `compute` may return several columns of sums; they come back exact.
 */
export function exactSums(column: Int64Column, compute: (weights: Float64Array) => Float64Array[]): Int64Column[] {
  if (column instanceof Float64Array) return compute(column)
  let totals: BigInt64Array[] = []
  for (let limb = 0; limb < LIMBS; limb++) {
    const sums = compute(limbOf(column, limb))
    if (limb === 0) totals = sums.map((sum) => new BigInt64Array(sum.length))
    sums.forEach((sum, i) => {
      const total = totals[i]
      if (total === undefined) return
      sum.forEach((value, row) => {
        total[row] = (total[row] ?? 0n) + (BigInt(value) << BigInt(limb * LIMB_BITS))
      })
    })
  }
  return totals
}

/** The lower limbs are unsigned, the highest carries the sign. */
function limbOf(column: BigInt64Array, limb: number): Float64Array {
  const shift = BigInt(limb * LIMB_BITS)
  const isHighest = limb === LIMBS - 1
  return Float64Array.from(column, (value) =>
    Number(isHighest ? value >> shift : BigInt.asUintN(LIMB_BITS, value >> shift)),
  )
}

/** The whole part of a double as int64; what does not fit becomes the least one, as on the processors Go runs on. */
export function truncateToInt64(value: number): bigint {
  return Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : -(2n ** 63n)
}

/** How a result states an int64: a number, or decimal text where a double would round. */
export type ExactInteger = number | string

export function exactAt(column: Int64Column, row: number): ExactInteger {
  return toExact(column[row] ?? 0)
}

export function toExact(value: number | bigint): ExactInteger {
  const number = Number(value)
  // `+ 0` turns the negative zero that a sum may leave into zero.
  return Number.isSafeInteger(number) ? number + 0 : BigInt.asIntN(64, BigInt(value)).toString()
}

/** A double close to the value, for percentages and for sorting. */
export function toDouble(value: ExactInteger): number {
  return typeof value === 'number' ? value : Number(value)
}

/** The exact sum of two results, wrapping around as int64. */
export function addExact(left: ExactInteger, right: ExactInteger): ExactInteger {
  return toExact(BigInt(left) + BigInt(right))
}

/** The sum of a column, or of its magnitudes, wrapping around as int64. Plain loops: every view begins with these. */
export function sumOf(column: Int64Column): bigint {
  if (column instanceof Float64Array) {
    let sum = 0
    for (let row = 0; row < column.length; row++) sum += column[row] ?? 0
    return BigInt.asIntN(64, BigInt(sum))
  }
  let sum = 0n
  for (let row = 0; row < column.length; row++) sum += column[row] ?? 0n
  return BigInt.asIntN(64, sum)
}

export function sumOfMagnitudes(column: Int64Column): bigint {
  if (column instanceof Float64Array) {
    let sum = 0
    for (let row = 0; row < column.length; row++) sum += Math.abs(column[row] ?? 0)
    return BigInt.asIntN(64, BigInt(sum))
  }
  let sum = 0n
  for (let row = 0; row < column.length; row++) {
    const value = column[row] ?? 0n
    sum += value < 0n ? -value : value
  }
  return BigInt.asIntN(64, sum)
}
