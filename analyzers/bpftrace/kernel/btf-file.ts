/**
 * The bytes of a BTF file (the kernel's own type information) as numbered type records: header, index of records and
 * strings. A module's file is split: its ids and strings continue those of its base. What a record means in C is not
 * known here. Every offset is checked against the file, so a broken one ends in a `UserError` and never in a hang.
 */
import { UserError } from '../../shared/user-error.ts'

/** Kind numbers of the BTF specification. */
export const btfKind = {
  void: 0,
  integer: 1,
  pointer: 2,
  array: 3,
  struct: 4,
  union: 5,
  enum: 6,
  forward: 7,
  typedef: 8,
  volatile: 9,
  const: 10,
  restrict: 11,
  function: 12,
  prototype: 13,
  variable: 14,
  section: 15,
  float: 16,
  declarationTag: 17,
  typeTag: 18,
  enum64: 19,
} as const

/** Bytes after the 12 of every record: some fixed, some for each member. */
const extraBytes: readonly { readonly fixed: number; readonly each: number }[] = [
  { fixed: 0, each: 0 },
  { fixed: 4, each: 0 },
  { fixed: 0, each: 0 },
  { fixed: 12, each: 0 },
  { fixed: 0, each: 12 },
  { fixed: 0, each: 12 },
  { fixed: 0, each: 8 },
  { fixed: 0, each: 0 },
  { fixed: 0, each: 0 },
  { fixed: 0, each: 0 },
  { fixed: 0, each: 0 },
  { fixed: 0, each: 0 },
  { fixed: 0, each: 0 },
  { fixed: 0, each: 8 },
  { fixed: 4, each: 0 },
  { fixed: 0, each: 12 },
  { fixed: 0, each: 0 },
  { fixed: 4, each: 0 },
  { fixed: 0, each: 0 },
  { fixed: 0, each: 12 },
]

const MAGIC = 0xeb9f
const RECORD_BYTES = 12
/** The kernel's own limit is 512. */
const LONGEST_NAME = 4096
/** Names are ASCII. One decoded text and slices of it are ten times as fast as decoding each name. */
const decoder = new TextDecoder('latin1')

function broken(why: string): UserError {
  return new UserError({
    code: 'INVALID_BTF',
    message: `This is not a BTF file that can be read: ${why}.`,
    hint: 'Give a file such as /sys/kernel/btf/vmlinux.',
  })
}

export class BtfFile {
  /** The id of the first record of this file; ids below belong to the base. */
  readonly firstId: number
  /** One more than the last id. */
  readonly endId: number
  readonly #base: BtfFile | undefined
  readonly #view: DataView
  readonly #little: boolean
  readonly #offsets: Uint32Array
  readonly #kinds: Uint8Array
  readonly #stringBytes: Uint8Array
  #strings: string | undefined
  readonly #firstString: number

  /** @throws UserError when the bytes are no BTF. */
  constructor(bytes: Uint8Array, base?: BtfFile) {
    this.#base = base
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (bytes.byteLength < 24) throw broken('it is shorter than the header')
    this.#little = this.#view.getUint16(0, true) === MAGIC
    if (!this.#little && this.#view.getUint16(0, false) !== MAGIC) throw broken('its magic number is another')
    const headerBytes = this.#u32(4)
    const [typesAt, typesBytes] = [headerBytes + this.#u32(8), this.#u32(12)]
    const [stringsAt, stringsBytes] = [headerBytes + this.#u32(16), this.#u32(20)]
    if (typesAt + typesBytes > bytes.byteLength) throw broken('its types end after the file')
    if (stringsAt + stringsBytes > bytes.byteLength) throw broken('its strings end after the file')
    this.#stringBytes = bytes.subarray(stringsAt, stringsAt + stringsBytes)
    this.#firstString = base?.stringEnd ?? 0
    this.firstId = base?.endId ?? 1
    const { offsets, kinds } = this.#index(typesAt, typesAt + typesBytes)
    this.#offsets = offsets
    this.#kinds = kinds
    this.endId = this.firstId + offsets.length
  }

  /** One more than the last string offset, those of the base included. */
  get stringEnd(): number {
    return this.#firstString + this.#stringBytes.length
  }

  #index(start: number, end: number): { offsets: Uint32Array; kinds: Uint8Array } {
    const most = Math.floor((end - start) / RECORD_BYTES)
    const offsets = new Uint32Array(most)
    const kinds = new Uint8Array(most)
    let count = 0
    let at = start
    while (at < end) {
      if (at + RECORD_BYTES > end) throw broken('its last type is cut off')
      const info = this.#u32(at + 4)
      const kind = (info >>> 24) & 0x1f
      const extra = extraBytes[kind]
      if (extra === undefined || kind === btfKind.void) throw broken(`it has types of the unknown kind ${kind}`)
      offsets[count] = at
      kinds[count] = kind
      count++
      at += RECORD_BYTES + extra.fixed + extra.each * (info & 0xffff)
    }
    if (at !== end) throw broken('its last type is cut off')
    return { offsets: offsets.slice(0, count), kinds: kinds.slice(0, count) }
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, this.#little)
  }

  /** The file that holds a record, and the record's place in it; undefined for `void` and for ids of no file. */
  #locate(id: number): { file: BtfFile; at: number } | undefined {
    if (id < this.firstId) return this.#base === undefined ? undefined : this.#base.#locate(id)
    const at = this.#offsets[id - this.firstId]
    return at === undefined ? undefined : { file: this, at }
  }

  kind(id: number): number {
    if (id < this.firstId) return this.#base?.kind(id) ?? btfKind.void
    return this.#kinds[id - this.firstId] ?? btfKind.void
  }

  name(id: number): string {
    return this.string(this.nameOffset(id))
  }

  /** The string offset of a record's name. */
  nameOffset(id: number): number {
    const place = this.#locate(id)
    return place === undefined ? 0 : place.file.#u32(place.at)
  }

  /** A byte of the strings, 0 behind the last. */
  byteAt(offset: number): number {
    if (offset < this.#firstString) return this.#base?.byteAt(offset) ?? 0
    return this.#stringBytes[offset - this.#firstString] ?? 0
  }

  string(offset: number): string {
    if (offset < this.#firstString) return this.#base?.string(offset) ?? ''
    this.#strings ??= decoder.decode(this.#stringBytes)
    const start = offset - this.#firstString
    const text = this.#strings.slice(start, start + LONGEST_NAME)
    const end = text.indexOf('\0')
    return end < 0 ? text : text.slice(0, end)
  }

  /** Members that follow the record. */
  count(id: number): number {
    const place = this.#locate(id)
    return place === undefined ? 0 : place.file.#u32(place.at + 4) & 0xffff
  }

  /** The record's one flag: bitfields in a struct, a union in a forward declaration, signed values in an enum. */
  flag(id: number): boolean {
    const place = this.#locate(id)
    return place !== undefined && place.file.#u32(place.at + 4) >>> 31 === 1
  }

  /** The size of a type, or the id of the type that it refers to. */
  sizeOrType(id: number): number {
    const place = this.#locate(id)
    return place === undefined ? 0 : place.file.#u32(place.at + 8)
  }

  /** A 32-bit word after the record's head. The record's extent was checked when it was indexed. */
  word(id: number, index: number): number {
    const place = this.#locate(id)
    return place === undefined ? 0 : place.file.#u32(place.at + RECORD_BYTES + index * 4)
  }

  /** Ids of this file (not of its base) of the given kinds, in order. */
  *ids(...kinds: readonly number[]): Generator<number> {
    for (let index = 0; index < this.#kinds.length; index++) {
      if (kinds.includes(this.#kinds[index] ?? 0)) yield this.firstId + index
    }
  }
}
