/** Equality of types as the compiler before 0.24 has it. */
import { equalTypes } from '../../types/relations.ts'
import { sizeOf } from '../../types/size.ts'
import type { Type } from '../../types/type.ts'

/** Same kind; structures by name, pointers by what they point to. Sizes do not matter. */
export function sameKind(left: Type, right: Type): boolean {
  if (left.kind === 'unknown' || right.kind === 'unknown') return true
  if (left.kind !== right.kind) return false
  if (left.kind === 'c' && right.kind === 'c') return left.name === right.name
  if (left.kind === 'pointer' && right.kind === 'pointer') return sameKind(left.to, right.to)
  if (left.kind === 'aggregate' && right.kind === 'aggregate') return left.aggregate === right.aggregate
  if (left.kind === 'stack' && right.kind === 'stack') return left.kernel === right.kernel
  return true
}

/** Whether a value fits where it goes: strings by length, tuples element by element, all else exactly. */
export function fits(type: Type, target: Type): boolean {
  if (type.kind === 'unknown' || target.kind === 'unknown') return true
  if (type.kind === 'string' && target.kind === 'string') return type.size <= target.size
  if (type.kind === 'tuple' && target.kind === 'tuple') {
    return (
      type.elements.length === target.elements.length &&
      type.elements.every((element, i) => {
        const other = target.elements[i]
        return other !== undefined && fits(element, other)
      })
    )
  }
  // Every stack is kept as an id.
  if (type.kind === 'stack') return sameKind(type, target)
  return sameKind(type, target) && sizeOf(type) === sizeOf(target) && equalTypes(type, target)
}

/** Strings, and those in tuples, grow to the longest that was seen. */
export function grown(current: Type, next: Type): Type {
  if (current.kind === 'string' && next.kind === 'string' && next.size > current.size)
    return { ...current, size: next.size }
  if (current.kind === 'tuple' && next.kind === 'tuple' && current.elements.length === next.elements.length) {
    return { ...current, elements: current.elements.map((element, i) => grown(element, next.elements[i] ?? element)) }
  }
  return current
}
