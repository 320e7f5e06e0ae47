/**
 * How a program falls into parts that can be judged one by one. Probes that share no map cannot tell anything about each
 * other, so each part has the definitions and settings at the program's head and the items that name a map in common. A
 * probe that only calls one function after the other, as those that print and clear what the others have filled, would
 * tie all of them together: of such a probe each part has a slice, the statements that name the part's maps.
 */
import type { Node, NodeKind, Probe, Statement, TopLevel } from '../syntax/ast.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { walk } from '../syntax/visit.ts'

export interface Split {
  /** What holds for all parts; findings in it are the same in each. */
  readonly head: readonly TopLevel[]
  /** In source order. */
  readonly parts: readonly SplitPart[]
  /** For who has to see probes whole: parts that have slices of one probe are together. */
  readonly wholes: readonly SplitWhole[]
}

export interface SplitPart {
  /** The first item of its own. */
  readonly name: TopLevel
  /** With the head, in source order. */
  readonly items: readonly TopLevel[]
  /** Where the text begins that it judges: items, and statements of those that are sliced. */
  readonly roots: readonly Node[]
  /** The maps that it alone names, and what else it has to itself. */
  readonly things: ReadonlySet<string>
}

export interface SplitWhole {
  /** With the head, in source order. */
  readonly items: readonly TopLevel[]
  /** Names of its parts. */
  readonly parts: readonly TopLevel[]
}

/** C text is read once for all parts. What no grammar has is no part of anything. */
const leftOut: ReadonlySet<TopLevel['kind']> = new Set(['Preprocessor', 'CDefinition', 'Error'])
const ownKinds: ReadonlySet<TopLevel['kind']> = new Set(['Probe', 'MapDeclaration'])

/** Undefined for a program that is one whole: what it imports or defines may mean anything. */
export function split({ program: { items } }: SyntaxTree): Split | undefined {
  const judged = items.filter(({ kind }) => !leftOut.has(kind))
  if (!judged.every(({ kind }) => kind === 'Config' || ownKinds.has(kind))) return undefined
  const head = judged.filter(({ kind }) => kind === 'Config')
  const withHead = (own: readonly TopLevel[]) => (head.length === 0 ? own : inOrder([...head, ...own]))
  const units = judged.flatMap((item) => (ownKinds.has(item.kind) ? unitsOf(item) : []))
  const groups = grouped(units).map((group) => ({ group, own: joined(group) }))
  const parts = groups.flatMap(({ group, own }): SplitPart[] => {
    const [name] = own
    if (name === undefined) return []
    const things = new Set(group.flatMap((unit) => unit.things))
    return [{ name, items: withHead(own), roots: group.flatMap(({ roots }) => roots), things }]
  })
  return { head, parts, wholes: wholesOf(groups, withHead) }
}

const inOrder = (items: readonly TopLevel[]) => items.toSorted((a, b) => a.span.start - b.span.start)

/** What is never taken apart: an item, or a statement of one that is sliced. */
interface Unit {
  readonly item: TopLevel
  /** Undefined where the item is not sliced. */
  readonly statements: readonly Statement[] | undefined
  readonly roots: readonly Node[]
  readonly things: readonly string[]
}

const known = new WeakMap<TopLevel, readonly Unit[]>()

function unitsOf(item: TopLevel): readonly Unit[] {
  const units = known.get(item) ?? (isSliceable(item) ? sliced(item) : [wholeUnit(item)])
  known.set(item, units)
  return units
}

const wholeUnit = (item: TopLevel): Unit => ({ item, statements: undefined, roots: [item], things: thingsIn([item]) })

/** One unit for each statement that names a map; before them the probe with the statements that name none. */
function sliced(item: Probe): readonly Unit[] {
  const statements = item.body.statements.map((statement) => ({ statement, things: thingsIn([statement]) }))
  const quiet = statements.flatMap(({ statement, things }) => (things.length === 0 ? [statement] : []))
  const frame: Unit = { item, statements: quiet, roots: [item, ...quiet], things: thingsIn(item.attachPoints) }
  const naming = statements.filter(({ things }) => things.length > 0)
  return [
    frame,
    ...naming.map(({ statement, things }) => ({ item, statements: [statement], roots: [statement], things })),
  ]
}

/** What depends on nothing but maps, wherever among the statements of a probe it stands. */
const independent: ReadonlySet<NodeKind> = new Set([
  ...(['Call', 'Name', 'MapReference', 'MapAccess', 'IntegerLiteral', 'StringLiteral'] as const),
])

function isSliceable(item: TopLevel): item is Probe {
  if (item.kind !== 'Probe' || item.predicate !== null || item.body.result !== null) return false
  return item.body.statements.every((statement) => {
    if (statement.kind !== 'ExpressionStatement' || statement.expression.kind !== 'Call') return false
    let isIndependent = true
    walk(statement.expression, (node) => {
      // What follows an exit is not reached.
      isIndependent &&= independent.has(node.kind) && !(node.kind === 'Call' && node.callee.text === 'exit')
    })
    return isIndependent
  })
}

/** The items of some units, each with no more of its statements than are among them. */
function joined(units: readonly Unit[]): readonly TopLevel[] {
  const statements = new Map<TopLevel, Statement[] | undefined>()
  for (const unit of units) {
    const before = statements.get(unit.item)
    if (unit.statements && before) before.push(...unit.statements)
    else statements.set(unit.item, unit.statements && [...unit.statements])
  }
  return [...statements].map(([item, own]) => (own && item.kind === 'Probe' ? sliceOf(item, own) : item))
}

/** By the first statement, or the probe where there is none. */
const slices = new WeakMap<Node, Probe>()

/** The same object as long as its statements are the same. It shares its places with the probe, which is moved. */
function sliceOf(probe: Probe, statements: readonly Statement[]): Probe {
  const [key = probe] = statements
  const before = slices.get(key)
  if (before && isSameList(before.body.statements, statements)) return before
  const slice: Probe = { ...probe, body: { ...probe.body, statements } }
  slices.set(key, slice)
  return slice
}

export const isSameList = <T>(left: readonly T[], right: readonly T[]): boolean =>
  left.length === right.length && left.every((each, i) => each === right[i])

interface Group {
  readonly group: readonly Unit[]
  readonly own: readonly TopLevel[]
}

function wholesOf(
  groups: readonly Group[],
  withHead: (own: readonly TopLevel[]) => readonly TopLevel[],
): readonly SplitWhole[] {
  const nodes = groups.flatMap(({ group, own: [part] }) => {
    const items = [...new Set(group.map(({ item }) => item))]
    return part === undefined ? [] : [{ part, items, things: items }]
  })
  return grouped(nodes).map((group) => ({
    items: withHead(inOrder([...new Set(group.flatMap(({ items }) => items))])),
    parts: group.map(({ part }) => part),
  }))
}

/** Those that have a thing in common, over whatever chain of others. */
function grouped<T extends { readonly things: readonly unknown[] }>(members: readonly T[]): readonly (readonly T[])[] {
  const leader = members.map((_, index) => index)
  const leaderOf = (index: number): number => {
    let at = index
    for (let next = leader[at] ?? at; next !== at; next = leader[at] ?? at) {
      leader[at] = leader[next] ?? next
      at = next
    }
    return at
  }
  const firstWith = new Map<unknown, number>()
  for (const [index, { things }] of members.entries()) {
    for (const thing of things) {
      const first = firstWith.get(thing)
      if (first === undefined) firstWith.set(thing, index)
      else {
        const [one, other] = [leaderOf(first), leaderOf(index)]
        leader[Math.max(one, other)] = Math.min(one, other)
      }
    }
  }
  const groups = new Map<number, T[]>()
  for (const [index, member] of members.entries()) {
    const group = groups.get(leaderOf(index))
    if (group) group.push(member)
    else groups.set(leaderOf(index), [member])
  }
  return [...groups.values()]
}

/** Probe types that a program may have once, or that are told apart by their names. */
const counted = /^(begin|end|self|test|bench)$/i

/** Maps; options of the command line; and kinds of probes that are compared with each other. */
function thingsIn(nodes: readonly Node[]): readonly string[] {
  const found = new Set<string>()
  for (const root of nodes) {
    walk(root, (node) => {
      if (node.kind === 'MapReference') found.add(node.name)
      else if (node.kind === 'Call' && node.callee.text === 'getopt') found.add('getopt')
      else if (node.kind === 'AttachPoint') {
        const provider = node.parts[0]?.text ?? ''
        if (counted.test(provider)) found.add(provider.toLowerCase())
      }
    })
  }
  return [...found]
}
