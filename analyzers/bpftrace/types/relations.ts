/**
 * How types stand to each other: equal, compatible, promoted to a common one, fitting into another. An unknown type is
 * equal to, compatible with and fits into everything, and absorbs what it is promoted with.
 */
import { sizeOf } from './size.ts'
import {
  integer,
  isCastableAggregate,
  isFlexible,
  isSigned,
  pointer,
  record,
  type Type,
  tuple,
  unknown,
} from './type.ts'

export function equalTypes(left: Type, right: Type): boolean {
  if (left === right || left.kind === 'unknown' || right.kind === 'unknown') return true
  if (left.kind !== right.kind) return false
  switch (left.kind) {
    case 'integer':
      if (right.kind !== 'integer' || left.size !== right.size) return false
      if (left.enumeration || right.enumeration) return left.enumeration === right.enumeration
      return left.signed === right.signed
    case 'string':
    case 'buffer':
    case 'inet':
      return right.kind === left.kind && left.size === right.size
    case 'pointer':
      return right.kind === 'pointer' && equalTypes(left.to, right.to)
    case 'array':
      return right.kind === 'array' && left.length === right.length && equalTypes(left.of, right.of)
    case 'c':
      return right.kind === 'c' && left.name === right.name
    case 'tuple':
      return right.kind === 'tuple' && everyPair(left.elements, right.elements, equalTypes)
    case 'record':
      return (
        right.kind === 'record' &&
        everyPair(left.fields, right.fields, (a, b) => a.name === b.name && equalTypes(a.type, b.type))
      )
    case 'stack':
      return (
        right.kind === 'stack' && left.kernel === right.kernel && left.mode === right.mode && left.limit === right.limit
      )
    case 'aggregate':
      return right.kind === 'aggregate' && left.aggregate === right.aggregate && left.signed === right.signed
    default:
      return true
  }
}

function everyPair<T>(left: readonly T[], right: readonly T[], holds: (a: T, b: T) => boolean): boolean {
  return (
    left.length === right.length &&
    left.every((a, i) => {
      const b = right[i]
      return b !== undefined && holds(a, b)
    })
  )
}

export function compatibleTypes(left: Type, right: Type): boolean {
  if (left.kind === 'unknown' || right.kind === 'unknown') return true
  if (left.kind !== right.kind) return false
  switch (left.kind) {
    case 'c':
      return right.kind === 'c' && left.name === right.name
    case 'pointer':
      return right.kind === 'pointer' && compatibleTypes(left.to, right.to)
    case 'tuple':
      return right.kind === 'tuple' && everyPair(left.elements, right.elements, compatibleTypes)
    case 'stack':
      return equalTypes(left, right)
    case 'aggregate':
      return right.kind === 'aggregate' && left.aggregate === right.aggregate
    case 'record':
      return (
        right.kind === 'record' &&
        left.fields.length === right.fields.length &&
        left.fields.every((field) => {
          const other = right.fields.find((candidate) => candidate.name === field.name)
          return other !== undefined && compatibleTypes(field.type, other.type)
        })
      )
    case 'array':
      if (right.kind !== 'array' || !equalTypes(left.of, right.of)) return false
      return sizeOf(left) === 0 || sizeOf(right) === 0 || sizeOf(left) === sizeOf(right)
    default:
      return true
  }
}

/** The type that holds both, or undefined where none does. `none` gives way to the other. */
export function promoteTypes(current: Type, next: Type): Type | undefined {
  if (current.kind === 'unknown' || next.kind === 'unknown') return unknown
  if (current.kind === 'none') {
    return isCastableAggregate(next) ? integer(8, isSigned(next)) : next
  }
  if (equalTypes(current, next)) return next
  if (!compatibleTypes(current, next)) {
    const mixed =
      (current.kind === 'integer' && isCastableAggregate(next)) ||
      (next.kind === 'integer' && isCastableAggregate(current))
    return mixed ? promoteIntegers(current, next) : undefined
  }
  return promoteElements(current, next)
}

function promoteIntegers(current: Type, next: Type): Type {
  const sizes = [sizeOf(current), sizeOf(next)]
  const larger = Math.max(...sizes)
  const flexible = isFlexible(current) && isFlexible(next)
  const [currentSigned, nextSigned] = [isSigned(current), isSigned(next)]
  const made = (size: number, signed: boolean): Type =>
    flexible ? { kind: 'integer', size, signed, flexible } : integer(size, signed)
  if (currentSigned === nextSigned) return made(larger, currentSigned)
  if (isFlexible(current) || isFlexible(next)) {
    return made(larger, (!isFlexible(current) && currentSigned) || (!isFlexible(next) && nextSigned))
  }
  if (currentSigned && sizeOf(current) > sizeOf(next)) return integer(sizeOf(current), true)
  if (nextSigned && sizeOf(next) > sizeOf(current)) return integer(sizeOf(next), true)
  return integer(Math.min(larger * 2, 8), true)
}

function promoteElements(current: Type, next: Type): Type | undefined {
  if (current.kind === 'unknown' || next.kind === 'unknown') return unknown
  if (current.kind === 'integer') return promoteIntegers(current, next)
  if (isCastableAggregate(current)) {
    if (isSigned(current) !== isSigned(next)) return isSigned(current) ? current : next
    return current
  }
  if (current.kind === 'tuple' && next.kind === 'tuple') {
    const elements = current.elements.map((element, i) => promoteElements(element, next.elements[i] ?? unknown))
    return elements.every((element) => element !== undefined) ? tuple(elements) : undefined
  }
  if (current.kind === 'record' && next.kind === 'record') return promoteRecords(current, next)
  if (current.kind === 'string' && next.kind === 'string') {
    return { ...current, size: Math.max(current.size, next.size) }
  }
  if (current.kind === 'pointer' && next.kind === 'pointer') {
    const to = promoteElements(current.to, next.to)
    return to && pointer(to, next.to.space)
  }
  return current
}

function promoteRecords(current: Type, next: Type): Type | undefined {
  if (current.kind !== 'record' || next.kind !== 'record') return undefined
  const fields: { name: string; type: Type }[] = []
  for (const field of current.fields) {
    const other = next.fields.find((candidate) => candidate.name === field.name)
    const type = other && promoteElements(field.type, other.type)
    if (!type) return undefined
    fields.push({ name: field.name, type })
  }
  return record(fields)
}

/** Whether a value of `type` can be held by `target` without loss. */
export function fitsInto(type: Type, target: Type): boolean {
  if (type.kind === 'unknown' || target.kind === 'unknown') return true
  if (!compatibleTypes(type, target)) return false
  if (type.kind === 'string' && target.kind === 'string') return type.size <= target.size
  if (type.kind === 'integer' && target.kind === 'integer') {
    if (type.signed === target.signed || type.flexible) return type.size <= target.size
    return !type.signed && type.size < target.size
  }
  if (type.kind === 'tuple' && target.kind === 'tuple') return everyPair(type.elements, target.elements, fitsInto)
  if (type.kind === 'record' && target.kind === 'record') {
    return type.fields.every((field) => {
      const other = target.fields.find((candidate) => candidate.name === field.name)
      return other !== undefined && fitsInto(field.type, other.type)
    })
  }
  return equalTypes(type, target)
}
