/**
 * How a program falls into parts that can be judged one by one. Probes that share no map cannot tell anything about each
 * other, so each part has the definitions and settings at the program's head and the items that name a map in common. A
 * probe that only calls one function after the other, as those that print and clear what the others have filled, would
 * tie all of them together, and a long one would be judged whole at each change: of such a probe each part has a slice,
 * the statements that name the same maps and scratch variables.
 */
import type { AttachPoint, Node, NodeKind, Probe, Statement, TopLevel } from '../syntax/ast.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { walk } from '../syntax/visit.ts'
import { thingsIn } from './things.ts'

export interface Split {
  /** What holds for all parts; findings in it are the same in each. */
  readonly head: readonly TopLevel[]
  /** In source order. */
  readonly parts: readonly SplitPart[]
  /** For who has to see probes whole: parts that have slices of one probe are together. */
  readonly wholes: readonly SplitWhole[]
}

/** What a judgement is made of, or a piece of that. */
export interface Piece {
  /** Of its own, in source order: items, or the attach points, predicate and statements of one that is sliced. */
  readonly roots: readonly Node[]
  /** The attach points of probes that there is more of in other parts: each part says the same of them. */
  readonly shared: readonly AttachPoint[]
  /** The maps that it names, and what else ties it to other pieces. */
  readonly things: ReadonlySet<string>
}

/** What nothing but the things it names ties to others. */
export interface Atom extends Piece {
  /** All ways in which it uses things, as far as these may tell something about them. */
  readonly uses: readonly string[]
}

/** Pieces of which no other names the same things. */
export interface SplitPart extends Piece {
  /** In source order of their beginnings. */
  readonly atoms: readonly Atom[]
  /** With the head, in source order: of all atoms, or of some. */
  items(some?: ReadonlySet<Atom>): readonly TopLevel[]
}

export interface SplitWhole {
  /** With the head, in source order. */
  readonly items: readonly TopLevel[]
  readonly parts: readonly SplitPart[]
}

/** C text is read once for all parts. What no grammar has is no part of anything. */
const leftOut: ReadonlySet<TopLevel['kind']> = new Set(['Preprocessor', 'CDefinition', 'Error'])
const ownKinds: ReadonlySet<TopLevel['kind']> = new Set(['Probe', 'MapDeclaration', 'Macro', 'Subprogram'])

/** Undefined for a program that is one whole: what it imports may mean anything. */
export function split({ program: { items } }: SyntaxTree): Split | undefined {
  const judged = items.filter(({ kind }) => !leftOut.has(kind))
  if (!judged.every(({ kind }) => kind === 'Config' || ownKinds.has(kind))) return undefined
  const head = judged.filter(({ kind }) => kind === 'Config')
  const withHead = (own: readonly TopLevel[]) => (head.length === 0 ? own : inOrder([...head, ...own]))
  const own = judged.flatMap((item) => (ownKinds.has(item.kind) ? unitsOf(item) : []))
  const units = withDefinitions(own, definedIn(judged))
  // Names are known in the whole program, what else ties units together within a probe.
  const atoms = grouped(
    units.map((unit) => ({ unit, things: unit.things.filter((thing) => typeof thing !== 'string') })),
  ).map((group) => atomOf(group.map(({ unit }) => unit)))
  const groups = grouped(atoms)
  const parts = groups.map(
    (group): SplitPart => ({
      ...pieceOf(group.flatMap((atom) => atom.units)),
      atoms: group,
      items: (some) => withHead(joined(group.filter((atom) => some?.has(atom) ?? true).flatMap(({ units }) => units))),
    }),
  )
  return { head, parts, wholes: wholesOf(groups, parts, withHead) }
}

interface OwnAtom extends Atom {
  readonly units: readonly Unit[]
  readonly things: ReadonlySet<string>
}

const atomOf = (units: readonly Unit[]): OwnAtom => ({
  ...pieceOf(units),
  units,
  uses: units.flatMap(({ uses }) => uses),
})

function pieceOf(units: readonly Unit[]): Piece {
  const sliced = new Set(units.flatMap(({ item, statement }) => (statement === undefined ? [] : [item])))
  return {
    roots: units.flatMap(({ roots }) => roots),
    shared: [...sliced].flatMap((item) => (item.kind === 'Probe' ? item.attachPoints : [])),
    things: new Set(units.flatMap(({ things }) => things.filter((thing) => typeof thing === 'string'))),
  }
}

/** Macros and functions of the program's own. */
const definedIn = (items: readonly TopLevel[]): ReadonlySet<string> =>
  new Set(items.flatMap((item) => (item.kind === 'Macro' || item.kind === 'Subprogram' ? [item.name.text] : [])))

/** Whoever names a macro or function is judged together with it. */
function withDefinitions(units: readonly Unit[], defined: ReadonlySet<string>): readonly Unit[] {
  if (defined.size === 0) return units
  return units.map((unit) => {
    const named = new Set(unit.roots.flatMap((root) => thingsIn(root).words.filter((word) => defined.has(word))))
    if (named.size === 0) return unit
    const ties = [...named].map((word) => `${word}()`)
    return { ...unit, things: [...unit.things, ...ties], uses: [...unit.uses, ...ties] }
  })
}

const inOrder = (items: readonly TopLevel[]) => items.toSorted((a, b) => a.span.start - b.span.start)

/** What is never taken apart: an item, or what stands before the body of one that is sliced, or a statement of it. */
interface Unit {
  readonly item: TopLevel
  /** Of one that is sliced; null for what stands before its body. */
  readonly statement: Statement | null | undefined
  readonly roots: readonly Node[]
  /** Names of maps, and other things by their identity. */
  readonly things: readonly unknown[]
  readonly uses: readonly string[]
}

const known = new WeakMap<TopLevel, readonly Unit[]>()

function unitsOf(item: TopLevel): readonly Unit[] {
  const units = known.get(item) ?? (isSliceable(item) ? sliced(item) : [wholeUnit(item)])
  known.set(item, units)
  return units
}

const wholeUnit = (item: TopLevel): Unit => ({
  item,
  statement: undefined,
  roots: [item],
  things: thingsIn(item).shared,
  uses: thingsIn(item).uses,
})

/** How many statements that name nothing are judged together: one change judges as many anew, all cost as many passes. */
const QUIET_TOGETHER = 16

function sliced(item: Probe): readonly Unit[] {
  const variables = new Map<string, object>()
  const things = (nodes: readonly Node[]): unknown[] =>
    nodes.flatMap((node) => {
      const { shared, names } = thingsIn(node)
      return [...shared, ...names.map((name) => entry(variables, name))]
    })
  const before = [...item.attachPoints, ...(item.predicate ? [item.predicate] : [])]
  let together = {}
  return [
    { item, statement: null, roots: before, things: things(before), uses: usesIn(before) },
    ...item.body.statements.map((statement) => {
      const own = things([statement])
      if (own.length === 0) {
        own.push(together)
        if (numberOf(statement) % QUIET_TOGETHER === 0) together = {}
      }
      return { item, statement, roots: [statement], things: own, uses: usesIn([statement]) }
    }),
  ]
}

const usesIn = (nodes: readonly Node[]) => nodes.flatMap((node) => thingsIn(node).uses)

function entry(map: Map<string, object>, name: string): object {
  const found = map.get(name) ?? {}
  map.set(name, found)
  return found
}

const numbers = new WeakMap<Statement, number>()
let last = 0

/** The same as long as the statement is, so that those around a change stay together as they were. */
function numberOf(statement: Statement): number {
  const number = numbers.get(statement) ?? ++last
  numbers.set(statement, number)
  return number
}

/** A probe of as many statements is sliced. Of a shorter one passes over the slices would cost more than they save. */
const LONG_PROBE = 24

/** What depends on nothing but maps, wherever among the statements of a probe it stands. */
const independent: ReadonlySet<NodeKind> = new Set([
  ...(['Call', 'Name', 'MapReference', 'MapAccess', 'IntegerLiteral', 'StringLiteral'] as const),
])

function isSliceable(item: TopLevel): item is Probe {
  if (item.kind !== 'Probe' || item.body.result !== null) return false
  const { statements } = item.body
  if (statements.length < LONG_PROBE && (item.predicate !== null || !statements.every(isCall))) return false
  return statements.every((statement, index) => leadsOn(statement, index === statements.length - 1))
}

function isCall(statement: Statement): boolean {
  if (statement.kind !== 'ExpressionStatement' || statement.expression.kind !== 'Call') return false
  let isIndependent = true
  walk(statement.expression, (node) => {
    isIndependent &&= independent.has(node.kind)
  })
  return isIndependent
}

/** Whether what follows a statement does not depend on whether it returns, nor it on how others do. */
function leadsOn(statement: Statement, isLast: boolean): boolean {
  const { imports, returns, loops } = thingsIn(statement)
  if (imports) return false
  if (!returns) return true
  if (loops) return false
  if (statement.kind === 'Jump' || (statement.kind === 'ExpressionStatement' && statement.expression.kind === 'Call')) {
    return isLast
  }
  return (
    statement.kind === 'ExpressionStatement' &&
    statement.expression.kind === 'If' &&
    statement.expression.alternate === null &&
    !thingsIn(statement.expression.condition).returns
  )
}

const startOf = ({ roots: [first] }: Unit) => first?.span.start ?? 0

/** The items of some units, each with no more of its statements than are among them. */
function joined(units: readonly Unit[]): readonly TopLevel[] {
  const statements = new Map<TopLevel, (Statement | null)[] | undefined>()
  for (const { item, statement } of units.toSorted((a, b) => startOf(a) - startOf(b))) {
    const before = statements.get(item)
    if (before && statement !== undefined) before.push(statement)
    else statements.set(item, statement === undefined ? undefined : [statement])
  }
  return [...statements].map(([item, own]) => (own && item.kind === 'Probe' ? sliceOf(item, own) : item))
}

/** With the predicate only where that is among them. What stands last in a probe has rules of its own. */
function sliceOf(probe: Probe, own: readonly (Statement | null)[]): Probe {
  const statements = own.filter((statement) => statement !== null)
  const last = statements.at(-1)
  const goesOn = last !== undefined && last !== probe.body.statements.at(-1)
  return {
    ...probe,
    predicate: own.includes(null) ? probe.predicate : null,
    body: { ...probe.body, statements: goesOn ? [...statements, returnBehind(last)] : statements },
  }
}

const returnBehind = ({ span: { end }, lastToken }: Statement): Statement => ({
  kind: 'Jump',
  span: { start: end, end },
  firstToken: lastToken + 1,
  lastToken,
  keyword: 'return',
  value: null,
})

export const isSameList = <T>(left: readonly T[], right: readonly T[]): boolean =>
  left.length === right.length && left.every((each, i) => each === right[i])

function wholesOf(
  groups: readonly (readonly OwnAtom[])[],
  parts: readonly SplitPart[],
  withHead: (own: readonly TopLevel[]) => readonly TopLevel[],
): readonly SplitWhole[] {
  const nodes = parts.map((part, index) => ({
    part,
    things: [...new Set(groups[index]?.flatMap(({ units }) => units.map(({ item }) => item)))],
  }))
  return grouped(nodes).map((group) => ({
    items: withHead(inOrder([...new Set(group.flatMap(({ things }) => things))])),
    parts: group.map(({ part }) => part),
  }))
}

/** Those that have a thing in common, over whatever chain of others. */
function grouped<T extends { readonly things: Iterable<unknown> }>(members: readonly T[]): readonly (readonly T[])[] {
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
