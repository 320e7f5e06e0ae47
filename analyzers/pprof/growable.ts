/**
 * Columns that grow while a profile is read. They know nothing of profiles: only how to append without a copy per value
 * and how to hand over an array no larger than needed.
 */
import type { Int64Column } from './profile.ts'

const FIRST_CAPACITY = 1024

/** Below this share of use the spare capacity is given back when a column is finished. */
const WORTH_KEEPING = 0.75

export class Uint32Builder {
  length = 0
  private data: Uint32Array<ArrayBuffer> = new Uint32Array(FIRST_CAPACITY)

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(1)
    this.data[this.length++] = value
  }

  /** Makes room for `count` more values at once. */
  reserve(count: number): void {
    if (this.length + count <= this.data.length) return
    const larger = new Uint32Array(grownCapacity(this.data.length, this.length + count))
    larger.set(this.data)
    this.data = larger
  }

  append(values: Uint32Array, count: number): void {
    this.reserve(count)
    for (let i = 0; i < count; i++) this.data[this.length + i] = values[i] ?? 0
    this.length += count
  }

  at(index: number): number {
    return this.data[index] ?? 0
  }

  /** The array behind the column, for hot loops; it is replaced when the column grows. */
  raw(): Uint32Array {
    return this.data
  }

  finish(): Uint32Array<ArrayBuffer> {
    return this.length < this.data.length * WORTH_KEEPING
      ? this.data.slice(0, this.length)
      : this.data.subarray(0, this.length)
  }
}

export class Float64Builder {
  length = 0
  private data: Float64Array<ArrayBuffer> = new Float64Array(FIRST_CAPACITY)

  push(value: number): void {
    if (this.length === this.data.length) {
      const larger = new Float64Array(grownCapacity(this.data.length, this.length + 1))
      larger.set(this.data)
      this.data = larger
    }
    this.data[this.length++] = value
  }

  /** Adds to a value that is already there. */
  add(index: number, amount: number): void {
    this.data[index] = (this.data[index] ?? 0) + amount
  }

  finish(): Float64Array<ArrayBuffer> {
    return this.length < this.data.length * WORTH_KEEPING
      ? this.data.slice(0, this.length)
      : this.data.subarray(0, this.length)
  }
}

/** Appends int64 values as doubles, and turns to 64-bit integers at the first that doubles cannot add up exactly. */
export class Int64Builder {
  private readonly doubles = new Float64Builder()
  private exact: bigint[] | null = null
  private magnitude = 0

  get length(): number {
    return this.exact === null ? this.doubles.length : this.exact.length
  }

  push(value: number): void {
    if (this.exact !== null) {
      this.exact.push(BigInt(value))
      return
    }
    this.magnitude += value < 0 ? -value : value
    this.doubles.push(value)
  }

  pushBigInt(value: bigint): void {
    if (Number.isSafeInteger(Number(value))) {
      this.push(Number(value))
      return
    }
    this.exact ??= Array.from(this.doubles.finish(), BigInt)
    this.exact.push(value)
  }

  finish(): Int64Column {
    if (this.exact !== null) return BigInt64Array.from(this.exact)
    const doubles = this.doubles.finish()
    return this.magnitude <= Number.MAX_SAFE_INTEGER ? doubles : BigInt64Array.from(doubles, BigInt)
  }
}

/** Doubling while small, by half when large: the old and the new array exist together for a moment. */
function grownCapacity(current: number, needed: number): number {
  const factor = current < 1 << 20 ? 2 : 1.5
  return Math.max(Math.ceil(current * factor), needed)
}
