/** Maps: the types of their keys and values. */
import type * as Ast from '../../syntax/ast.ts'
import { formatClassicType } from '../../types/format.ts'
import { equalTypes } from '../../types/relations.ts'
import { integer, none, type Type, unknown } from '../../types/type.ts'
import { visit } from './expressions.ts'
import { grown, sameKind } from './relations.ts'
import { report, reportLast, type State, since } from './state.ts'

export type MapNode = Ast.MapReference | Ast.MapAccess

export const mapName = (node: MapNode) => (node.kind === 'MapReference' ? node.name : node.map.name)

/** @param whole The map as such is meant, so its keys do not matter. */
export function visitMap(state: State, node: MapNode, whole = false): Type {
  const name = mapName(node)
  const keys = node.kind === 'MapAccess' ? node.keys.map((key) => keyType(state, node, key)) : []
  if (!whole) agreeOnKeys(state, node, name, keys)
  const value = state.mapValues.get(name)
  if (value) return value
  if (!state.environment.types.uncertain || state.final) reportLast(state, 'map-undefined', node.span, { name })
  return none
}

/** The keys of an access that was visited as a whole map: once more through its keys would double with each nesting. */
export function checkKeys(state: State, node: Ast.MapAccess): void {
  const keys = node.keys.map((key) => keyKind(state.types.get(key) ?? unknown))
  agreeOnKeys(state, node, mapName(node), keys)
}

const keyKind = (type: Type): Type => (type.kind === 'integer' ? integer(8, false) : type)

function keyType(state: State, node: MapNode, key: Ast.Expression): Type {
  const type = visit(state, key)
  if (type.kind === 'integer') return keyKind(type)
  if (type.context && type.kind === 'pointer') report(state, 'context-in-key', node.span, {})
  else if (type.kind === 'tuple' && !since(state, '0.18')) report(state, 'tuple-as-key', node.span, {})
  if (type.kind === 'none') reportLast(state, 'map-key-invalid', key.span, { type: 'none' })
  return type
}

function agreeOnKeys(state: State, node: MapNode, name: string, keys: readonly Type[]): void {
  const known = state.mapKeys.get(name)
  if (keys.some((key) => key.kind === 'none')) return
  if (!known) {
    state.mapKeys.set(name, keys)
    state.changed = true
    return
  }
  const flat = since(state, '0.18') ? flattened : (types: readonly Type[]) => types
  const [old, given] = [flat(known), flat(keys)]
  const merged: Type[] = []
  const agrees =
    old.length === given.length &&
    old.every((type, i) => {
      const next = given[i]
      if (!next) return false
      merged.push(grown(type, next))
      if (type.kind === 'unknown' || next.kind === 'unknown') return true
      if (type.kind === 'string' && next.kind === 'string') return true
      if (since(state, '0.18')) return sameKind(type, next) || lenient(type, next)
      // Every stack is kept as an id, however deep it is.
      if (type.kind === 'stack') return sameKind(type, next)
      return equalTypes(type, next)
    })
  if (agrees) {
    if (!since(state, '0.18')) state.mapKeys.set(name, merged)
    return
  }
  const list = (types: readonly Type[]) => `[${types.map(formatClassicType).join(', ')}]`
  report(state, 'map-key-mismatch', node.span, { name, type: list(keys), current: list(known) })
}

/** Later versions convert between kinds of integers, and read aggregates as such. */
function lenient(left: Type, right: Type): boolean {
  const numeric = (type: Type) => ['integer', 'boolean', 'aggregate'].includes(type.kind)
  return (numeric(left) && numeric(right)) || left.kind === 'tuple' || right.kind === 'tuple'
}

/** Several keys and one tuple of them are the same since 0.21. */
function flattened(types: readonly Type[]): readonly Type[] {
  const [only] = types
  return types.length === 1 && only?.kind === 'tuple' ? only.elements : types
}

export function assignMapType(state: State, node: MapNode, name: string, type: Type): void {
  const current = state.mapValues.get(name)
  if (!current || current.kind === 'none') {
    if (type.kind === 'none') {
      if (current) reportLast(state, 'map-undefined', node.span, { name })
      return
    }
    // All integers are kept in 64 bits, so that any other fits later.
    state.mapValues.set(name, type.kind === 'integer' ? { ...type, size: 8 } : type)
    state.changed = true
    return
  }
  if (current.kind === 'unknown' || type.kind === 'unknown') {
    if (current.kind !== 'unknown') state.mapValues.set(name, unknown)
    return
  }
  if (type.kind !== current.kind || !sameAggregate(current, type)) {
    if (since(state, '0.18') && lenient(current, type)) return
    if (type.kind === 'none' && !state.final) return
    report(state, 'map-type-mismatch', node.span, {
      name,
      type: formatClassicType(type),
      current: formatClassicType(current),
    })
    return
  }
  const larger = grown(current, type)
  if (larger !== current && !equalTypes(larger, current)) {
    state.mapValues.set(name, larger)
    state.changed = true
  }
}

function sameAggregate(left: Type, right: Type): boolean {
  if (left.kind === 'aggregate' && right.kind === 'aggregate') return left.aggregate === right.aggregate
  if (left.kind === 'stack' && right.kind === 'stack') return left.kernel === right.kernel
  return true
}
