/**
 * Keeps equal sequences of 32-bit integers once and numbers them in order of first appearance: call stacks (sequences
 * of locations) and label sets. An open-addressing hash table over typed arrays; a JavaScript Map of joined strings
 * would cost ten times the time and memory.
 */
import { Uint32Builder } from './growable.ts'

export class SequenceTable {
  private readonly data = new Uint32Builder()
  private readonly offsets = new Uint32Builder()
  private readonly hashes = new Uint32Builder()
  /** Row number plus one, or 0 for a free slot; its length is a power of two and at least twice the rows. */
  private slots = new Uint32Array(4096)

  constructor() {
    this.offsets.push(0)
  }

  get length(): number {
    return this.hashes.length
  }

  /** The row of the first `count` values of `values`, added if it is new. */
  intern(values: Uint32Array, count: number): number {
    const hash = hashOf(values, count)
    const mask = this.slots.length - 1
    let slot = hash & mask
    for (;;) {
      const entry = this.slots[slot] ?? 0
      if (entry === 0) break
      if (this.hashes.at(entry - 1) === hash && this.holds(entry - 1, values, count)) return entry - 1
      slot = (slot + 1) & mask
    }
    const row = this.hashes.length
    this.data.append(values, count)
    this.offsets.push(this.data.length)
    this.hashes.push(hash)
    this.slots[slot] = row + 1
    if (this.hashes.length * 2 > this.slots.length) this.rehash()
    return row
  }

  finish(): { length: number; offsets: Uint32Array; data: Uint32Array } {
    return { length: this.hashes.length, offsets: this.offsets.finish(), data: this.data.finish() }
  }

  private holds(row: number, values: Uint32Array, count: number): boolean {
    const start = this.offsets.at(row)
    if (this.offsets.at(row + 1) - start !== count) return false
    const data = this.data.raw()
    for (let i = 0; i < count; i++) if (data[start + i] !== values[i]) return false
    return true
  }

  private rehash(): void {
    const slots = new Uint32Array(this.slots.length * 2)
    const mask = slots.length - 1
    for (let row = 0; row < this.hashes.length; row++) {
      let slot = this.hashes.at(row) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = row + 1
    }
    this.slots = slots
  }
}

/** A multiplicative hash with the finalizer of MurmurHash3, as an unsigned integer. */
function hashOf(values: Uint32Array, count: number): number {
  let hash = count
  for (let i = 0; i < count; i++) {
    hash = Math.imul(hash ^ (values[i] ?? 0), 0x9e3779b1)
    hash ^= hash >>> 15
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
