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
  TopLevel,
  Unroll,
  Update,
  Variable,
  While,
} from './ast.ts'
import { walk } from './visit.ts'

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
  const known = sorted.get(item) ?? sort(item)
  sorted.set(item, known)
  return known
}

function sort(item: TopLevel): NodesByKind {
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
  walk(item, (node) => {
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
