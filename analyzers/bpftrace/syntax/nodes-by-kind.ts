/**
 * The nodes of an item by their kind, each list in source order: for the many that look at all calls or all accesses to
 * maps and at nothing else. Sorted once for each item, however many ask.
 */
import type { Node, NodeKind, Probe, TopLevel } from './ast.ts'
import { children, walk } from './visit.ts'

/** Which list the nodes of a kind are in. */
const listNames = {
  Assignment: 'assignments',
  Update: 'updates',
  Call: 'calls',
  Identifier: 'identifiers',
  Variable: 'variables',
  MapReference: 'mapReferences',
  MapAccess: 'mapAccesses',
  FieldAccess: 'fieldAccesses',
  Block: 'blocks',
  If: 'conditions',
  For: 'loops',
  While: 'loops',
  Unroll: 'loops',
} as const satisfies Partial<Record<NodeKind, string>>

type ListNames = typeof listNames
type ListName = ListNames[keyof ListNames]
type KindIn<Name extends ListName> = {
  [Kind in keyof ListNames]: ListNames[Kind] extends Name ? Kind : never
}[keyof ListNames]

export type NodesByKind = { readonly [Name in ListName]: readonly Extract<Node, { kind: KindIn<Name> }>[] }

const listOfKind: ReadonlyMap<string, ListName> = new Map(Object.entries(listNames))
const names: readonly ListName[] = [...new Set(Object.values(listNames))]

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
  const lists: Lists = {}
  const addAll = (part: NodesByKind) => {
    for (const name of names) for (const node of part[name]) add(lists, name, node)
  }
  if (predicate) addAll(kept(predicate, sort))
  add(lists, 'blocks', body)
  for (const part of children(body)) addAll(kept(part, sort))
  return finished(lists)
}

function sort(root: Node): NodesByKind {
  const lists: Lists = {}
  walk(root, (node) => {
    const name = listOfKind.get(node.kind)
    if (name) add(lists, name, node)
  })
  return finished(lists)
}

/** Most lists of a statement have one node or none. */
type Lists = Partial<Record<ListName, Node[]>>

function add(lists: Lists, name: ListName, node: Node): void {
  const list = lists[name]
  if (list) list.push(node)
  else lists[name] = [node]
}

const none: readonly never[] = []

/** A list that has grown has room for more; these live as long as their item, and there are thousands. */
const exactly = (list: readonly Node[] = none) => (list.length < 2 ? list : list.slice())

// Each list has nodes of its own kinds only, which `listNames` says for both.
const finished = (lists: Lists): NodesByKind =>
  Object.fromEntries(names.map((name) => [name, exactly(lists[name])])) as NodesByKind
