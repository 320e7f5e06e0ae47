/**
 * The outline of an ELF file: its header and sections, read piece by piece from a source of bytes, for 32 and 64 bits
 * and both byte orders. Files are given by users and may be anything: what lies outside the file is not there, and
 * nothing is read in one piece that is larger than a stated limit.
 */
import { UserError } from '../../shared/user-error.ts'

export interface ByteSource {
  readonly size: number
  /** At most `length` bytes; fewer at the end of the file. */
  read(offset: number, length: number): Uint8Array
}

export interface ElfSection {
  readonly name: string
  readonly type: number
  /** Where it lies when it is loaded; 0 when it is not. */
  readonly address: number
  readonly offset: number
  readonly size: number
  /** Index of another section that belongs to it: the strings of a symbol table. */
  readonly link: number
  readonly entrySize: number
}

export interface ElfFile {
  readonly source: ByteSource
  readonly bits: 32 | 64
  readonly littleEndian: boolean
  /** `e_machine`: 62 for x86-64, 183 for arm64. */
  readonly machine: number
  readonly sections: readonly ElfSection[]
}

export const sectionType = { symbols: 2, note: 7, noBits: 8, dynamicSymbols: 11 } as const

/** Linkers make some hundred; a compiler's `-ffunction-sections` objects some ten thousand. */
const MOST_SECTIONS = 65_536
const MOST_NAME_BYTES = 8 * 1024 * 1024
/** Mangled C++ names reach some thousand characters. */
export const LONGEST_NAME = 8192
const ascii = new TextDecoder('latin1')

/** @throws UserError when the bytes are no ELF file. */
export function openElf(source: ByteSource): ElfFile {
  const head = source.read(0, 64)
  if (head.length < 52 || ascii.decode(head.subarray(0, 4)) !== '\x7fELF') throw notElf('it does not start like one')
  const bits = head[4] === 1 ? 32 : head[4] === 2 ? 64 : undefined
  if (bits === undefined || (bits === 64 && head.length < 64)) throw notElf('its class is neither 32 nor 64 bits')
  if (head[5] !== 1 && head[5] !== 2) throw notElf('its byte order is unknown')
  const littleEndian = head[5] === 1
  const words = new ElfWords(head, bits, littleEndian)
  const outline = { source, bits, littleEndian, machine: words.u16(18) } as const
  return { ...outline, sections: readSections(outline, words) }
}

/** Numbers out of a piece of the file. Outside of the piece everything is 0. */
export class ElfWords {
  readonly wordBytes: 4 | 8
  readonly #view: DataView
  readonly #little: boolean

  constructor(bytes: Uint8Array, bits: 32 | 64, littleEndian: boolean) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#little = littleEndian
    this.wordBytes = bits === 64 ? 8 : 4
  }

  u16(at: number): number {
    return at + 2 <= this.#view.byteLength ? this.#view.getUint16(at, this.#little) : 0
  }

  u32(at: number): number {
    return at + 4 <= this.#view.byteLength ? this.#view.getUint32(at, this.#little) : 0
  }

  /** An address, offset or size. Beyond 2^53 no file and no user address lies, so the loss does not matter. */
  word(at: number): number {
    if (this.wordBytes === 4) return this.u32(at)
    return at + 8 <= this.#view.byteLength ? Number(this.#view.getBigUint64(at, this.#little)) : 0
  }
}

function readSections(file: Omit<ElfFile, 'sections'>, head: ElfWords): ElfSection[] {
  const wide = file.bits === 64
  const tableAt = head.word(wide ? 40 : 32)
  const entryBytes = head.u16(wide ? 58 : 46)
  if (tableAt === 0 || entryBytes !== (wide ? 64 : 40)) return []
  const read = (index: number, count: number) =>
    new ElfWords(file.source.read(tableAt + index * entryBytes, count * entryBytes), file.bits, file.littleEndian)
  // Counts that do not fit the header stand in the first entry.
  const first = read(0, 1)
  const count = Math.min(head.u16(wide ? 60 : 48) || first.word(wide ? 32 : 20), MOST_SECTIONS)
  const namesIndex = head.u16(wide ? 62 : 50)
  const namesSection = namesIndex === 0xffff ? first.u32(wide ? 40 : 24) : namesIndex
  const table = read(0, count)
  const raw = Array.from({ length: count }, (_, index) => readSection(table, index * entryBytes, wide))
  const namesAt = raw[namesSection]
  const names = namesAt ? readWithin(file.source, namesAt, MOST_NAME_BYTES) : new Uint8Array(0)
  return raw.map(({ nameOffset, ...section }) => ({ ...section, name: stringAt(names, nameOffset) }))
}

function readSection(table: ElfWords, at: number, wide: boolean) {
  return {
    nameOffset: table.u32(at),
    type: table.u32(at + 4),
    address: table.word(at + (wide ? 16 : 12)),
    offset: table.word(at + (wide ? 24 : 16)),
    size: table.word(at + (wide ? 32 : 20)),
    link: table.u32(at + (wide ? 40 : 24)),
    entrySize: table.word(at + (wide ? 56 : 36)),
  }
}

/** A section's bytes, as far as they lie in the file and within the limit. */
export function readWithin(source: ByteSource, { offset, size }: { offset: number; size: number }, limit: number) {
  const length = Math.min(size, limit, Math.max(0, source.size - offset))
  return length > 0 ? source.read(offset, length) : new Uint8Array(0)
}

export function stringAt(bytes: Uint8Array, offset: number): string {
  if (offset >= bytes.length) return ''
  const text = bytes.subarray(offset, offset + LONGEST_NAME)
  const end = text.indexOf(0)
  return ascii.decode(end < 0 ? text : text.subarray(0, end))
}

function notElf(why: string): UserError {
  return new UserError({
    code: 'INVALID_ELF',
    message: `This is not an ELF file that can be read: ${why}.`,
    hint: 'Name a program or a shared library.',
  })
}
