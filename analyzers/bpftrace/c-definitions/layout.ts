/** Sizes, alignments and offsets of C types on x86-64, as the System V ABI and clang lay them out. */
import type { CField, CType } from '../kernel-facts.ts'

export function sizeOf(type: CType): number {
  switch (type.kind) {
    case 'void':
    case 'function':
      return 1
    case 'pointer':
      return 8
    case 'array':
      return Math.min(type.length * sizeOf(type.of), Number.MAX_SAFE_INTEGER)
    case 'typedef':
      return sizeOf(type.target)
    default:
      return type.size
  }
}

/** Alignments of records that were laid out here; those of others follow from their fields. */
const alignments = new WeakMap<object, number>()

export function alignmentOf(type: CType): number {
  switch (type.kind) {
    case 'void':
    case 'function':
      return 1
    case 'pointer':
      return 8
    case 'array':
      return alignmentOf(type.of)
    case 'typedef':
      return alignmentOf(type.target)
    case 'record':
      return alignments.get(type) ?? type.fields.reduce((most, field) => Math.max(most, alignmentOf(field.type)), 1)
    default:
      return Math.max(1, type.size)
  }
}

export function noteAlignment(record: object, alignment: number): void {
  alignments.set(record, alignment)
}

export interface Member {
  readonly name: string
  readonly type: CType
  /** Width of a bit-field. */
  readonly bits: number | undefined
  /** From attributes; 0 when there is none. */
  readonly align: number
}

export interface Layout {
  readonly fields: readonly CField[]
  readonly size: number
  readonly alignment: number
}

export interface LayoutRules {
  readonly keyword: 'struct' | 'union'
  readonly packed: boolean
  /** From attributes of the whole record; 0 when there is none. */
  readonly align: number
}

export function layOut(members: readonly Member[], { keyword, packed, align }: LayoutRules): Layout {
  const fields: CField[] = []
  let bit = 0
  let end = 0
  let alignment = 1
  for (const member of members) {
    const natural = packed ? 1 : alignmentOf(member.type)
    const needed = Math.max(natural, member.align)
    if (keyword === 'union') bit = 0
    if (member.bits === undefined) {
      bit = roundUp(bit, needed * 8)
      fields.push({ name: member.name, type: member.type, offset: bit / 8 })
      bit += sizeOf(member.type) * 8
    } else {
      bit = placeBits(fields, member, member.bits, bit, packed)
    }
    end = Math.max(end, bit)
    // An unnamed bit-field only moves what follows.
    if (member.bits === undefined || member.name !== '') alignment = Math.max(alignment, needed)
  }
  alignment = Math.max(alignment, align)
  return { fields, size: roundUp(Math.ceil(end / 8), alignment), alignment }
}

/** Places a bit-field at or behind `bit` and gives the first bit after it. */
function placeBits(fields: CField[], member: Member, width: number, bit: number, packed: boolean): number {
  const unit = Math.max(1, sizeOf(member.type)) * 8
  if (width === 0) return roundUp(bit, unit)
  const crosses = Math.floor(bit / unit) !== Math.floor((bit + width - 1) / unit)
  const start = crosses && !packed ? roundUp(bit, unit) : bit
  if (member.name !== '') {
    const storage = packed && crosses ? Math.floor(start / 8) * 8 : Math.floor(start / unit) * unit
    fields.push({
      name: member.name,
      type: member.type,
      offset: storage / 8,
      bits: { offset: start - storage, size: width },
    })
  }
  return start + width
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step
}
