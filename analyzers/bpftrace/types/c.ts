/**
 * From C to the checker's types. The compiler reads the kernel's types from BTF and the script's through clang, and the
 * two differ: in the size of a character array taken as a string, in `bool`, in arrays of other one-byte integers.
 */
import type { CField, CRecord, CType } from '../kernel-facts.ts'
import { array, boolean, integer, none, pointer, string, type Type, voidType } from './type.ts'

/** The classic compiler counts no terminator in the script's own character arrays. */
export type COrigin = 'kernel' | 'program' | 'classic-program'

export function fromC(type: CType, origin: COrigin): Type {
  switch (type.kind) {
    // What clang calls void is no type to the compiler, unlike the void of BTF.
    case 'void':
    case 'function':
      return origin === 'kernel' ? voidType : none
    case 'integer':
      if (type.encoding === 'bool') return origin === 'kernel' ? boolean : integer(1, false)
      if (type.size > 8 && origin !== 'kernel') return none
      return integer(Math.min(type.size, 8), type.signed)
    // The language has no numbers with fractions: what is one in C has no type at all.
    case 'float':
      return none
    case 'pointer': {
      const to = fromC(type.to, origin)
      return type.tags?.length ? { ...pointer(to), tags: type.tags } : pointer(to)
    }
    case 'array': {
      if (type.isFlexible && origin !== 'kernel') return none
      const of = fromC(type.of, origin)
      if (of.kind === 'integer' && of.size === 1) {
        if (origin === 'kernel') return string(type.length)
        if (isPlainChar(type.of)) return string(origin === 'program' ? type.length + 1 : type.length)
      }
      return array(of, type.length)
    }
    case 'record':
      return { kind: 'c', name: `${type.keyword} ${type.name || '(anonymous)'}`, record: type, origin }
    case 'enum':
      return type.name
        ? { kind: 'integer', size: Math.min(type.size, 8), signed: false, enumeration: type.name }
        : integer(Math.min(type.size, 8), false)
    case 'typedef':
      return fromC(type.target, origin)
  }
}

function isPlainChar(type: CType): boolean {
  if (type.kind === 'typedef') return isPlainChar(type.target)
  return type.kind === 'integer' && type.name === 'char'
}

export interface FoundField {
  readonly field: CField
  /** From the start of the outermost record. */
  readonly offset: number
}

/** A field of a record; those of anonymous members count as the record's own. */
export function findField(record: CRecord, name: string): FoundField | undefined {
  return findWithin(record, name, new Set())
}

/** `seen`: text can say that a record is a member of itself, which no compiler accepts and we have to survive. */
function findWithin(record: CRecord, name: string, seen: Set<string | CRecord>): FoundField | undefined {
  if (isKnown(record, seen)) return undefined
  for (const field of record.fields) {
    if (field.name === name) return { field, offset: field.offset }
    const inner = field.name === '' ? anonymousRecord(field.type) : undefined
    const found = inner && findWithin(inner, name, seen)
    if (found) return { field: found.field, offset: field.offset + found.offset }
  }
  return undefined
}

/** All field names, those of anonymous members included. */
export function fieldNames(record: CRecord): readonly string[] {
  return namesWithin(record, new Set())
}

function namesWithin(record: CRecord, seen: Set<string | CRecord>): readonly string[] {
  if (isKnown(record, seen)) return []
  return record.fields.flatMap((field) => {
    if (field.name) return [field.name]
    const inner = anonymousRecord(field.type)
    return inner ? namesWithin(inner, seen) : []
  })
}

/** A record with a name is the same wherever the name stands. */
function isKnown(record: CRecord, seen: Set<string | CRecord>): boolean {
  const key = record.name === '' ? record : `${record.keyword} ${record.name}`
  if (seen.has(key)) return true
  seen.add(key)
  return false
}

function anonymousRecord(type: CType): CRecord | undefined {
  return type.kind === 'record' ? type : undefined
}
