/**
 * Numbers by name, for the sixty thousand names of a kernel. A `Map` would make a string of each name and keep it; this
 * keeps hashed where the names begin in the bytes that have them anyway.
 */

/** Names that end with a zero, each known by the place where it begins; what lies behind the last is zero. */
export interface Names {
  byteAt(place: number): number
}

/** Of the FNV hash. */
const BASIS = 0x811c9dc5
const PRIME = 0x01000193

export class NameTable {
  readonly #names: Names
  /** One more than the index of an entry; 0 is free. At least twice as many as entries, and a power of two. */
  readonly #slots: Uint32Array
  readonly #places: Uint32Array
  readonly #values: Uint32Array
  #size = 0

  /** @param most No more names than this are added. */
  constructor(names: Names, most: number) {
    this.#names = names
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * most + 1)))
    this.#places = new Uint32Array(most)
    this.#values = new Uint32Array(most)
  }

  /** Where the names begin, in the order in which they came. */
  get places(): Uint32Array {
    return this.#places.subarray(0, this.#size)
  }

  /** Of several values of one name the first counts. The empty name is none. */
  add(place: number, value: number): void {
    if (this.#names.byteAt(place) === 0) return
    const slot = this.#slotOf(this.#hashAt(place), (other) => this.#isSame(place, other))
    if (this.#slots[slot] !== 0) return
    this.#places[this.#size] = place
    this.#values[this.#size] = value
    this.#size++
    this.#slots[slot] = this.#size
  }

  get(name: string): number | undefined {
    let hash = BASIS
    for (let i = 0; i < name.length; i++) hash = mixed(hash, name.charCodeAt(i))
    const entry = this.#slots[this.#slotOf(hash, (place) => this.#spells(place, name))] ?? 0
    return entry === 0 ? undefined : this.#values[entry - 1]
  }

  /** The slot of the entry that is the one, or the free one where it would be. */
  #slotOf(hash: number, isIt: (place: number) => boolean): number {
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? 0
      if (entry === 0 || isIt(this.#places[entry - 1] ?? 0)) return slot
    }
  }

  #hashAt(place: number): number {
    let hash = BASIS
    let at = place
    for (let byte = this.#names.byteAt(at); byte !== 0; byte = this.#names.byteAt(++at)) hash = mixed(hash, byte)
    return hash
  }

  /** Linkers write each name once, but need not. */
  #isSame(left: number, right: number): boolean {
    if (left === right) return true
    for (let i = 0; ; i++) {
      const byte = this.#names.byteAt(left + i)
      if (byte !== this.#names.byteAt(right + i)) return false
      if (byte === 0) return true
    }
  }

  #spells(place: number, name: string): boolean {
    for (let i = 0; i < name.length; i++) if (this.#names.byteAt(place + i) !== name.charCodeAt(i)) return false
    return this.#names.byteAt(place + name.length) === 0
  }
}

const mixed = (hash: number, byte: number): number => Math.imul(hash ^ byte, PRIME)
