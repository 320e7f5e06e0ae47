/**
 * The nodes of an item by their kind, each list in source order: for the many that look at all calls or all accesses to
 * maps and at nothing else. Sorted once for each item, however many ask.
 */
import type {
  Assignment,
  Block,
  Call,
  FieldAccess,
  For,
  Identifier,
  If,
  MapAccess,
  MapReference,
  Node,
  Probe,
  TopLevel,
  Unroll,
  Update,
  Variable,
  While,
} from './ast.ts'
import { children, walk } from './visit.ts'

export interface NodesByKind {
  readonly assignments: readonly Assignment[]
  readonly updates: readonly Update[]
  readonly calls: readonly Call[]
  readonly identifiers: readonly Identifier[]
  readonly variables: readonly Variable[]
  readonly mapReferences: readonly MapReference[]
  readonly mapAccesses: readonly MapAccess[]
  readonly fieldAccesses: readonly FieldAccess[]
  readonly blocks: readonly Block[]
  readonly conditions: readonly If[]
  readonly loops: readonly (For | While | Unroll)[]
}

const sorted = new WeakMap<Node, NodesByKind>()

export function nodesIn(item: TopLevel): NodesByKind {
  return item.kind === 'Probe' ? kept(item, ofProbe) : kept(item, sort)
}

function kept<N extends Node>(node: N, make: (node: N) => NodesByKind): NodesByKind {
  const known = sorted.get(node) ?? make(node)
  sorted.set(node, known)
  return known
}

/** Most statements of an edited probe are those of the one before, and so are their lists. */
function ofProbe({ predicate, body }: Probe): NodesByKind {
  const parts = children(body).map((part) => kept(part, sort))
  parts.unshift({ ...empty, blocks: [body] })
  if (predicate) parts.unshift(kept(predicate, sort))
  const joined = <T>(listOf: (part: NodesByKind) => readonly T[]): readonly T[] => {
    const all: T[] = []
    for (const part of parts) for (const node of listOf(part)) all.push(node)
    return all.length === 0 ? none : all.slice()
  }
  return {
    assignments: joined((part) => part.assignments),
    updates: joined((part) => part.updates),
    calls: joined((part) => part.calls),
    identifiers: joined((part) => part.identifiers),
    variables: joined((part) => part.variables),
    mapReferences: joined((part) => part.mapReferences),
    mapAccesses: joined((part) => part.mapAccesses),
    fieldAccesses: joined((part) => part.fieldAccesses),
    blocks: joined((part) => part.blocks),
    conditions: joined((part) => part.conditions),
    loops: joined((part) => part.loops),
  }
}

function sort(root: Node): NodesByKind {
  let assignments: Assignment[] | undefined
  let updates: Update[] | undefined
  let calls: Call[] | undefined
  let identifiers: Identifier[] | undefined
  let variables: Variable[] | undefined
  let mapReferences: MapReference[] | undefined
  let mapAccesses: MapAccess[] | undefined
  let fieldAccesses: FieldAccess[] | undefined
  let blocks: Block[] | undefined
  let conditions: If[] | undefined
  let loops: (For | While | Unroll)[] | undefined
  walk(root, (node) => {
    switch (node.kind) {
      case 'Identifier':
        identifiers = longer(identifiers, node)
        break
      case 'Variable':
        variables = longer(variables, node)
        break
      case 'MapReference':
        mapReferences = longer(mapReferences, node)
        break
      case 'Assignment':
        assignments = longer(assignments, node)
        break
      case 'MapAccess':
        mapAccesses = longer(mapAccesses, node)
        break
      case 'FieldAccess':
        fieldAccesses = longer(fieldAccesses, node)
        break
      case 'Call':
        calls = longer(calls, node)
        break
      case 'Block':
        blocks = longer(blocks, node)
        break
      case 'If':
        conditions = longer(conditions, node)
        break
      case 'Update':
        updates = longer(updates, node)
        break
      case 'For':
      case 'While':
      case 'Unroll':
        loops = longer(loops, node)
        break
    }
  })
  return {
    assignments: exactly(assignments),
    updates: exactly(updates),
    calls: exactly(calls),
    identifiers: exactly(identifiers),
    variables: exactly(variables),
    mapReferences: exactly(mapReferences),
    mapAccesses: exactly(mapAccesses),
    fieldAccesses: exactly(fieldAccesses),
    blocks: exactly(blocks),
    conditions: exactly(conditions),
    loops: exactly(loops),
  }
}

/** Most lists of a statement have one node or none. */
function longer<T>(list: T[] | undefined, node: T): T[] {
  if (list === undefined) return [node]
  list.push(node)
  return list
}

/** A list that has grown has room for more; these live as long as their item, and there are thousands. */
function exactly<T>(list: readonly T[] = none): readonly T[] {
  return list.length < 2 ? list : list.slice()
}

const none: readonly never[] = []

const empty: NodesByKind = {
  assignments: none,
  updates: none,
  calls: none,
  identifiers: none,
  variables: none,
  mapReferences: none,
  mapAccesses: none,
  fieldAccesses: none,
  blocks: none,
  conditions: none,
  loops: none,
}
