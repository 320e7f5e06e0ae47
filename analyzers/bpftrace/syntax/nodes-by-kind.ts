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
    return exactly(all)
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
  const assignments: Assignment[] = []
  const updates: Update[] = []
  const calls: Call[] = []
  const identifiers: Identifier[] = []
  const variables: Variable[] = []
  const mapReferences: MapReference[] = []
  const mapAccesses: MapAccess[] = []
  const fieldAccesses: FieldAccess[] = []
  const blocks: Block[] = []
  const conditions: If[] = []
  const loops: (For | While | Unroll)[] = []
  walk(root, (node) => {
    switch (node.kind) {
      case 'Identifier':
        identifiers.push(node)
        break
      case 'Variable':
        variables.push(node)
        break
      case 'MapReference':
        mapReferences.push(node)
        break
      case 'Assignment':
        assignments.push(node)
        break
      case 'MapAccess':
        mapAccesses.push(node)
        break
      case 'FieldAccess':
        fieldAccesses.push(node)
        break
      case 'Call':
        calls.push(node)
        break
      case 'Block':
        blocks.push(node)
        break
      case 'If':
        conditions.push(node)
        break
      case 'Update':
        updates.push(node)
        break
      case 'For':
      case 'While':
      case 'Unroll':
        loops.push(node)
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

/** A list that has grown has room for more; these live as long as their item, and there are hundreds. */
const exactly = <T>(list: readonly T[]): readonly T[] => (list.length === 0 ? none : list.slice())

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
