/**
 * Types as the compiler has them: integers with width and sign, strings and buffers with sizes, pointers, C types,
 * arrays, tuples, records, stacks, aggregates. `none` is "not resolved"; `unknown` is ours: a type that exists and that
 * nobody here knows, so nothing may be concluded from it. Values are immutable.
 */
import type { CRecord } from '../kernel-facts.ts'

export type AddressSpace = 'kernel' | 'user'
export type Clock = 'boot' | 'monotonic' | 'tai' | 'sw_tai'

/** What a type carries beside its identity: equality ignores all of this. */
export interface Attributes {
  readonly space?: AddressSpace | undefined
  /** Read through the context of the program. */
  readonly context?: boolean | undefined
  /** The structure of a probe's arguments. */
  readonly arguments?: boolean | undefined
  readonly clock?: Clock | undefined
  /** BTF tags of a pointer field. */
  readonly tags?: readonly string[] | undefined
  /** The value lies in memory of the BPF program itself. */
  readonly internal?: boolean | undefined
}

export interface IntegerType extends Attributes {
  readonly kind: 'integer'
  /** Bytes. */
  readonly size: number
  readonly signed: boolean
  /** From a literal that is not negative: it takes the sign of what it meets. */
  readonly flexible?: boolean | undefined
  /** Name of the enum, if it is one. */
  readonly enumeration?: string | undefined
}
export interface SizedType extends Attributes {
  readonly kind: 'string' | 'buffer' | 'inet'
  readonly size: number
}
export interface PointerType extends Attributes {
  readonly kind: 'pointer'
  readonly to: Type
}
export interface ArrayType extends Attributes {
  readonly kind: 'array'
  readonly of: Type
  readonly length: number
}
/** A struct, union or unresolved typedef of C. */
export interface CNamedType extends Attributes {
  readonly kind: 'c'
  /** With its keyword: `struct task_struct`. */
  readonly name: string
  readonly record?: CRecord | undefined
  /** Where the layout comes from; the two sources size character arrays differently. */
  readonly origin?: 'kernel' | 'program' | 'classic-program' | undefined
}
export interface TupleType extends Attributes {
  readonly kind: 'tuple'
  readonly elements: readonly Type[]
}
export interface RecordType extends Attributes {
  readonly kind: 'record'
  readonly fields: readonly { readonly name: string; readonly type: Type }[]
}
export interface StackType extends Attributes {
  readonly kind: 'stack'
  readonly kernel: boolean
  readonly mode: string
  readonly limit: number
}
export const aggregateNames = ['count', 'sum', 'min', 'max', 'avg', 'stats', 'hist', 'lhist', 'tseries'] as const
export type AggregateName = (typeof aggregateNames)[number]
export interface AggregateType extends Attributes {
  readonly kind: 'aggregate'
  readonly aggregate: AggregateName
  readonly signed: boolean
}
export interface PlainType extends Attributes {
  readonly kind:
    | 'none'
    | 'unknown'
    | 'void'
    | 'boolean'
    | 'ksym'
    | 'usym'
    | 'username'
    | 'timestamp'
    | 'timestamp-mode'
    | 'mac-address'
    | 'cgroup-path'
    | 'strerror'
    | 'probe'
}

export type Type =
  | IntegerType
  | SizedType
  | PointerType
  | ArrayType
  | CNamedType
  | TupleType
  | RecordType
  | StackType
  | AggregateType
  | PlainType

/** How many plain types a tuple or record may hold, all levels together. */
const LEAF_LIMIT = 256
const leafCounts = new WeakMap<Type, number>()

function bounded(type: TupleType | RecordType): Type {
  return leavesOf(type) > LEAF_LIMIT ? unknown : type
}

function leavesOf(type: Type): number {
  if (type.kind !== 'tuple' && type.kind !== 'record') return 1
  const known = leafCounts.get(type)
  if (known !== undefined) return known
  const inner = type.kind === 'tuple' ? type.elements : type.fields.map((field) => field.type)
  const leaves = inner.reduce((sum, each) => sum + leavesOf(each), 0)
  leafCounts.set(type, leaves)
  return leaves
}

export const none: Type = { kind: 'none' }
export const unknown: Type = { kind: 'unknown' }
export const voidType: Type = { kind: 'void' }
export const boolean: Type = { kind: 'boolean' }

const integers = new Map<string, IntegerType>()
export function integer(size: number, signed: boolean): IntegerType {
  const key = `${signed}${size}`
  let type = integers.get(key)
  if (!type) {
    type = { kind: 'integer', size, signed }
    integers.set(key, type)
  }
  return type
}
export const int8 = integer(1, true)
export const int32 = integer(4, true)
export const int64 = integer(8, true)
export const uint8 = integer(1, false)
export const uint32 = integer(4, false)
export const uint64 = integer(8, false)

export const string = (size: number): SizedType => ({ kind: 'string', size })
export const pointer = (to: Type, space?: AddressSpace): PointerType => ({ kind: 'pointer', to, space })
export const array = (of: Type, length: number): ArrayType => ({ kind: 'array', of, length })
/** A tuple; of unknown type when it holds more than is worth knowing, for tuples of tuples grow by powers. */
export const tuple = (elements: readonly Type[]): Type => bounded({ kind: 'tuple', elements })
/** A record, with the same bound. */
export const record = (fields: RecordType['fields']): Type => bounded({ kind: 'record', fields })
export const aggregate = (name: AggregateName, signed = false): AggregateType => ({
  kind: 'aggregate',
  aggregate: name,
  signed,
})

/** Bytes that precede the data of a buffer. */
const bufferHeadroom = 4
export const buffer = (length: number): SizedType => ({ kind: 'buffer', size: length + bufferHeadroom })

export const withSpace = <T extends Type>(type: T, space: AddressSpace | undefined): T =>
  type.space === space ? type : { ...type, space }

export const isNone = (type: Type) => type.kind === 'none'
export const isUnknown = (type: Type) => type.kind === 'unknown'
export const isSigned = (type: Type) => (type.kind === 'integer' || type.kind === 'aggregate') && type.signed
export const isFlexible = (type: Type) => type.kind === 'integer' && type.flexible === true
/** Aggregates that read as an integer. */
export const isCastableAggregate = (type: Type) =>
  type.kind === 'aggregate' && ['count', 'sum', 'min', 'max', 'avg'].includes(type.aggregate)
/** Aggregates that need several entries for one value. */
export const isMultiKeyAggregate = (type: Type) =>
  type.kind === 'aggregate' && ['hist', 'lhist', 'tseries'].includes(type.aggregate)

/** The smallest signed type that holds a literal; beyond 63 bits the unsigned one. */
export function literalType(value: bigint): IntegerType {
  if (value < 0n) return integer(value >= -128n ? 1 : value >= -32768n ? 2 : value >= -2147483648n ? 4 : 8, true)
  if (value > 9223372036854775807n) return uint64
  const size = value <= 127n ? 1 : value <= 32767n ? 2 : value <= 2147483647n ? 4 : 8
  return { kind: 'integer', size, signed: true, flexible: true }
}

/** Whether an unknown type occurs anywhere inside. */
export function hasUnknown(type: Type): boolean {
  switch (type.kind) {
    case 'unknown':
      return true
    case 'pointer':
      return hasUnknown(type.to)
    case 'array':
      return hasUnknown(type.of)
    case 'tuple':
      return type.elements.some(hasUnknown)
    case 'record':
      return type.fields.some((field) => hasUnknown(field.type))
    default:
      return false
  }
}
