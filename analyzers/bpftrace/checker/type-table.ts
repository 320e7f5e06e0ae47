/**
 * The C types that a program can name: its own definitions first, then the kernel's. Where neither has a name, the
 * answer is "no such type" only if that is certain: with an include that nobody could read, or a kernel that nobody
 * knows, it is an unknown type.
 */

import type { CDefinitions } from '../c-definitions/read.ts'
import type { CType, KernelFacts } from '../kernel-facts.ts'
import { findField, fromC } from '../types/c.ts'
import { builtinTypes } from '../types/names.ts'
import { type CNamedType, integer, pointer, type Type, unknown, voidType } from '../types/type.ts'
import { entryOf } from './table.ts'

export const noDefinitions: CDefinitions = {
  records: new Map(),
  typedefs: new Map(),
  enums: new Map(),
  enumerators: new Map(),
  macros: new Map(),
  functionMacros: new Set(),
  problems: [],
  incomplete: false,
}

export interface TypeTable {
  /** Undefined when there is certainly no such type. */
  named(keyword: 'struct' | 'union' | 'enum' | null, name: string): Type | undefined
  enumerator(name: string): { readonly value: bigint; readonly enumeration: string } | undefined
  enumValues(name: string): ReadonlySet<bigint> | undefined
  macro(name: string): string | undefined
  readonly hasMacros: boolean
  /** The type of a field, `undefined` when the record certainly lacks it. */
  field(type: CNamedType, name: string): { readonly type: Type; readonly offset: number } | undefined
  /** Whether a name that is not found may exist all the same. */
  readonly uncertain: boolean
  /** Whether the program includes C that could not be read. */
  readonly unread: boolean
  /** Whether the program itself, not the kernel, defines the type. */
  isOwn(name: string): boolean
}

/** Spellings of C's own integers, as the kernel's tracepoint formats and casts use them. */
const spellings: Readonly<Record<string, Type>> = {
  char: integer(1, true),
  'signed char': integer(1, true),
  'unsigned char': integer(1, false),
  short: integer(2, true),
  'short int': integer(2, true),
  'unsigned short': integer(2, false),
  'short unsigned int': integer(2, false),
  int: integer(4, true),
  signed: integer(4, true),
  unsigned: integer(4, false),
  'unsigned int': integer(4, false),
  long: integer(8, true),
  'long int': integer(8, true),
  'unsigned long': integer(8, false),
  'long unsigned int': integer(8, false),
  'long long': integer(8, true),
  'long long int': integer(8, true),
  'unsigned long long': integer(8, false),
  'long long unsigned int': integer(8, false),
  size_t: integer(8, false),
  ssize_t: integer(8, true),
  uintptr_t: integer(8, false),
  int8_t: integer(1, true),
  int16_t: integer(2, true),
  int32_t: integer(4, true),
  int64_t: integer(8, true),
  uint8_t: integer(1, false),
  uint16_t: integer(2, false),
  uint32_t: integer(4, false),
  uint64_t: integer(8, false),
  s8: integer(1, true),
  s16: integer(2, true),
  s32: integer(4, true),
  s64: integer(8, true),
  u8: integer(1, false),
  u16: integer(2, false),
  u32: integer(4, false),
  u64: integer(8, false),
  __s8: integer(1, true),
  __s16: integer(2, true),
  __s32: integer(4, true),
  __s64: integer(8, true),
  __u8: integer(1, false),
  __u16: integer(2, false),
  __u32: integer(4, false),
  __u64: integer(8, false),
  void: voidType,
}

export function createTypeTable(definitions: CDefinitions, kernel: KernelFacts, classic = false): TypeTable {
  const program = classic ? 'classic-program' : 'program'
  // The bundled snapshot is a whole kernel: what it lacks, the compiler would not find on such a kernel either.
  const whole = kernel.coverage.types === 'complete' || kernel.source.kind === 'snapshot'
  const uncertain = definitions.incomplete || !whole
  const known = new Map<string, Type | undefined>()

  const named: TypeTable['named'] = (keyword, name) => {
    const key = `${keyword ?? ''} ${name}`
    if (known.has(key)) return known.get(key)
    const type = lookUp(keyword, name)
    known.set(key, type)
    return type
  }

  const lookUp: TypeTable['named'] = (keyword, name) => {
    if (keyword === null) {
      const builtin = builtinTypes.get(name)
      if (builtin) return builtin
    }
    const own = ownType(definitions, keyword, name)
    if (own) return fromC(own, program)
    const foreign = kernelType(kernel, keyword, name)
    if (foreign) return fromC(foreign, 'kernel')
    const spelled = keyword === null ? entryOf(spellings, name) : undefined
    if (spelled) return spelled
    return uncertain ? unknown : undefined
  }

  return {
    named,
    uncertain,
    unread: definitions.incomplete,
    isOwn: (name) => definitions.records.has(name) || definitions.typedefs.has(name) || definitions.enums.has(name),
    enumerator: (name) => {
      const own = definitions.enumerators.get(name)
      if (own) return own
      const found = kernel.enumerator(name)
      return found && { value: found.value, enumeration: found.enumeration.name }
    },
    enumValues: (name) => {
      const found = definitions.enums.get(name) ?? kernel.enumeration(name)
      return found && new Set(found.values.map((value) => value.value))
    },
    macro: (name) => definitions.macros.get(name),
    hasMacros: definitions.macros.size > 0,
    field(type, name) {
      const record = type.record
      if (!record || record.incomplete) return uncertain ? { type: unknown, offset: 0 } : undefined
      const found = findField(record, name)
      return found && { type: fromC(found.field.type, type.origin ?? 'kernel'), offset: found.offset }
    },
  }
}

function ownType(definitions: CDefinitions, keyword: string | null, name: string): CType | undefined {
  switch (keyword) {
    case 'struct':
    case 'union':
      return definitions.records.get(`${keyword} ${name}`)
    case 'enum':
      return definitions.enums.get(name)
    default:
      // A tag alone names a type of the kernel, but none of the script's.
      return definitions.typedefs.get(name) ?? definitions.enums.get(name)
  }
}

function kernelType(kernel: KernelFacts, keyword: string | null, name: string): CType | undefined {
  switch (keyword) {
    case 'struct':
    case 'union':
      return kernel.record(keyword, name)
    case 'enum':
      return kernel.enumeration(name)
    default:
      return (
        kernel.typedef(name) ??
        kernel.record('struct', name) ??
        kernel.record('union', name) ??
        kernel.enumeration(name)
      )
  }
}

/** The type that a declaration of a tracepoint format spells: `const char * filename` without the name. */
export function spelledType(table: TypeTable, text: string): Type {
  const plain = text
    .replace(/__attribute__\(\(.*?\)\)/g, '')
    .replace(/\b(?:const|volatile|__user|__rcu|__percpu)\b/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (plain.endsWith('*')) return pointer(spelledType(table, plain.slice(0, -1)))
  const record = /^(struct|union|enum) (\w+)$/.exec(plain)
  if (record) {
    const [, keyword, name = ''] = record
    return table.named(keyword === 'union' ? 'union' : keyword === 'enum' ? 'enum' : 'struct', name) ?? unknown
  }
  return entryOf(spellings, plain) ?? table.named(null, plain) ?? unknown
}
