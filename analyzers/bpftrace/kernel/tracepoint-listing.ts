/**
 * Tracepoint formats from what `bpftrace -lv 'tracepoint:*'` prints: a name, then the declarations of its fields. Sizes,
 * signs and offsets are not printed; they follow from the declarations, for an event lies in memory as a C struct does.
 */
import type { CType, KernelFacts, TracepointField, TracepointFormat } from '../kernel-facts.ts'
import { fieldName } from './tracepoint-format.ts'
import type { TracepointFacts } from './tracepoints.ts'

type Types = Pick<KernelFacts, 'typedef' | 'enumeration' | 'record'>

/** What every event begins with, in bytes; its fields are listed nowhere. */
const HEADER = 8
const POINTER = 8

/** Undefined for a text that lists no tracepoint. Formats are made as they are asked for. */
export function listedTracepoints(listing: string, types: Types): TracepointFacts | undefined {
  const declared = parseTracepointListing(listing)
  if (declared.size === 0) return undefined
  const names = [...declared.keys()].sort()
  const formats = new Map<string, TracepointFormat>()
  return {
    names: () => names,
    tracepoint(category, event) {
      const name = `${category}:${event}`
      const declarations = declared.get(name)
      if (declarations === undefined) return undefined
      const known = formats.get(name)
      if (known !== undefined) return known
      const lay = category === 'syscalls' ? systemCallLayout : structLayout
      const format = { category, event, fields: lay(declarations, types) }
      formats.set(name, format)
      return format
    },
  }
}

/** By `category:event`. What is neither a name nor indented below one, such as a warning, is skipped. */
export function parseTracepointListing(listing: string): ReadonlyMap<string, readonly string[]> {
  const declared = new Map<string, string[]>()
  let current: string[] | undefined
  for (const line of listing.split('\n')) {
    const name = /^(?:tracepoint|t):(?<name>[^\s:]+:[^\s:]+)\s*$/.exec(line)?.groups?.name
    const declaration = /^\s+(?<text>\S.*?);?\s*$/.exec(line)?.groups?.text
    if (name !== undefined) {
      current = declared.get(name) ?? []
      declared.set(name, current)
    } else if (declaration === undefined) current = undefined
    else if (fieldName(declaration) !== '') current?.push(declaration)
  }
  return declared
}

function structLayout(declarations: readonly string[], types: Types): readonly TracepointField[] {
  let end = HEADER
  return declarations.map((declaration) => {
    const { size, alignment, signed } = layoutOf(declaration, types)
    const offset = Math.ceil(end / alignment) * alignment
    end = offset + size
    return { name: fieldName(declaration), declaration, offset, size, signed }
  })
}

/** Behind the number of the call each argument has a register's width, whatever its type. */
function systemCallLayout(declarations: readonly string[], types: Types): readonly TracepointField[] {
  return declarations.map((declaration, index) => {
    const name = fieldName(declaration)
    if (index === 0) return { name, declaration, offset: HEADER, size: 4, signed: true }
    const signed = name === 'ret' && layoutOf(declaration, types).signed
    return { name, declaration, offset: HEADER * (index + 1), size: 8, signed }
  })
}

interface Layout {
  readonly size: number
  readonly alignment: number
  readonly signed: boolean
}

function layoutOf(declaration: string, types: Types): Layout {
  const signed = (base: string) => scalar(base, types)?.signed ?? false
  const name = fieldName(declaration)
  const type = declaration.replace(new RegExp(`\\s*\\b${name}\\b\\s*(?=[[)]|$)`), ' ').trim()
  const located = /^__(?:data|rel)_loc\s+(?<base>.*?)\s*(?:\[\])?$/.exec(type)
  if (located) return { size: 4, alignment: 4, signed: signed(located.groups?.base ?? '') }
  const [base = ''] = type.split('[')
  const isPointer = base.includes('*')
  const element = isPointer ? pointerLayout : (scalar(base, types) ?? unknownLayout)
  const count = [...type.matchAll(/\[\s*(\d+)\s*\]/g)].reduce((product, match) => product * Number(match[1]), 1)
  return { ...element, size: element.size * count }
}

const pointerLayout: Layout = { size: POINTER, alignment: POINTER, signed: false }
/** As wide as a register: nothing that is read from it is cut off. */
const unknownLayout: Layout = { size: 8, alignment: 8, signed: false }

const ofSize = (size: number, signed: boolean): Layout => ({ size, alignment: size, signed })

function scalar(written: string, types: Types): Layout | undefined {
  const text = written.replace(/\b(?:const|volatile|__\w*(?:user|percpu|rcu|seg_gs))\b/g, ' ').trim()
  const [keyword, name = ''] = text.split(/\s+/)
  if (keyword === 'enum') return layoutOfType(types.enumeration(name)) ?? ofSize(4, false)
  if (keyword === 'struct' || keyword === 'union') return layoutOfType(types.record(keyword, name))
  return plain(text) ?? layoutOfType(types.typedef(text))
}

/** The types that C itself has, in whatever order their words stand. */
function plain(text: string): Layout | undefined {
  const words = text.split(/\s+/)
  if (words.some((word) => !/^(?:unsigned|signed|char|short|int|long|bool|_Bool)$/.test(word))) return undefined
  const unsigned = words.includes('unsigned')
  if (words.includes('bool') || words.includes('_Bool')) return ofSize(1, false)
  // The kernel is built with unsigned characters.
  if (words.includes('char')) return ofSize(1, words.includes('signed'))
  if (words.includes('short')) return ofSize(2, !unsigned)
  return ofSize(words.includes('long') ? 8 : 4, !unsigned)
}

function layoutOfType(type: CType | undefined): Layout | undefined {
  switch (type?.kind) {
    case 'typedef':
      return layoutOfType(type.target)
    case 'integer':
      return ofSize(type.size, type.signed)
    case 'enum':
      return ofSize(type.size, type.signed)
    case 'pointer':
    case 'function':
      return pointerLayout
    case 'array': {
      const element = layoutOfType(type.of)
      return element && { ...element, size: element.size * type.length }
    }
    case 'record': {
      const alignments = type.fields.map((field) => layoutOfType(field.type)?.alignment ?? 1)
      return { size: type.size, alignment: Math.max(1, ...alignments), signed: false }
    }
    default:
      return undefined
  }
}
