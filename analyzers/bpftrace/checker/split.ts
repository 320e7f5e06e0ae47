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
import { atLeast, type Version } from '../version.ts'
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
  /** The maps that it names, and what else ties it to other pieces; some of them more than once. */
  readonly things: readonly string[]
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

/** What is neither, settings and imports, holds for all of them. */
export function split({ program: { items } }: SyntaxTree, version: Version): Split {
  const judged = items.filter(({ kind }) => !leftOut.has(kind))
  const head = judged.filter(({ kind }) => !ownKinds.has(kind))
  const withHead = (own: readonly TopLevel[]) => (head.length === 0 ? own : inOrder([...head, ...own]))
  const own = judged.flatMap((item) => (ownKinds.has(item.kind) ? atomsOf(item, version) : []))
  const groups = grouped(withDefinitions(own, definedIn(judged)), ({ things }) => things)
  const parts = groups.map(
    (group): SplitPart => ({
      ...pieceOf(group),
      atoms: group,
      items: (some) => withHead(joined(some ? group.filter((atom) => some.has(atom)) : group)),
    }),
  )
  return { head, parts, wholes: wholesOf(groups, parts, withHead) }
}

const pieceOf = (atoms: readonly Atom[]): Piece => ({
  roots: atoms.flatMap(({ roots }) => roots),
  shared: [...new Set(atoms.flatMap(({ shared }) => shared))],
  things: atoms.flatMap(({ things }) => things),
})

/** Macros and functions of the program's own. */
const definedIn = (items: readonly TopLevel[]): ReadonlySet<string> =>
  new Set(items.flatMap((item) => (item.kind === 'Macro' || item.kind === 'Subprogram' ? [item.name.text] : [])))

/** Whoever names a macro or function is judged together with it. */
function withDefinitions(atoms: readonly OwnAtom[], defined: ReadonlySet<string>): readonly OwnAtom[] {
  if (defined.size === 0) return atoms
  return atoms.map((atom) => {
    const named = new Set(atom.roots.flatMap((root) => thingsIn(root).words.filter((word) => defined.has(word))))
    if (named.size === 0) return atom
    const ties = [...named].map((word) => `${word}()`)
    return { ...atom, things: [...atom.things, ...ties], uses: [...atom.uses, ...ties] }
  })
}

const inOrder = (items: readonly TopLevel[]) => items.toSorted((a, b) => a.span.start - b.span.start)

/** An item, or those statements of one that is sliced which name the same scratch variables. */
interface OwnAtom extends Atom {
  readonly item: TopLevel
  /** Of one that is sliced; null for what stands before its body. */
  readonly statements: readonly (Statement | null)[] | undefined
}

type Known = WeakMap<TopLevel, readonly OwnAtom[]>
const known: Readonly<Record<'block' | 'probe', Known>> = { block: new WeakMap(), probe: new WeakMap() }

/** The same objects as long as the item is. */
function atomsOf(item: TopLevel, version: Version): readonly OwnAtom[] {
  // Until then a scratch variable is known in its whole probe, wherever it is assigned.
  const scope = atLeast(version, '0.22') ? 'block' : 'probe'
  const atoms = known[scope].get(item) ?? (isSliceable(item) ? sliced(item, scope) : [wholeAtom(item)])
  known[scope].set(item, atoms)
  return atoms
}

function wholeAtom(item: TopLevel): OwnAtom {
  const { shared: things, uses } = thingsIn(item)
  return { item, statements: undefined, roots: [item], shared: [], things, uses }
}

/** How many statements that name nothing are judged together: one change judges as many anew, all cost as many passes. */
const QUIET_TOGETHER = 16

function sliced(item: Probe, scope: 'block' | 'probe'): readonly OwnAtom[] {
  const before = [...item.attachPoints, ...(item.predicate ? [item.predicate] : [])]
  const namesBefore = before.flatMap((node) => thingsIn(node).names)
  const defined = new Set(item.body.statements.flatMap((statement) => thingsIn(statement).defines))
  let quiet = 0
  return grouped([null, ...item.body.statements], (statement) => {
    if (!statement) return namesBefore
    const { names, shared } = thingsIn(statement)
    const tying = scope === 'block' ? names.filter((name) => defined.has(name)) : names
    if (tying.length > 0 || shared.length > 0) return tying
    const isLast = numberOf(statement) % QUIET_TOGETHER === 0
    return [`quiet ${isLast ? quiet++ : quiet}`]
  }).map((statements): OwnAtom => {
    const roots = statements.flatMap((statement): readonly Node[] => (statement ? [statement] : before))
    const found = roots.map(thingsIn)
    return {
      item,
      statements,
      roots,
      shared: item.attachPoints,
      things: found.flatMap(({ shared }) => shared),
      uses: found.flatMap(({ uses }) => uses),
    }
  })
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

/** The items of some atoms, each with no more of its statements than are among them. */
function joined(atoms: readonly OwnAtom[]): readonly TopLevel[] {
  const statements = new Map<TopLevel, (Statement | null)[] | undefined>()
  for (const { item, statements: own } of atoms) {
    const before = statements.get(item)
    if (before && own) before.push(...own)
    else statements.set(item, own && [...own])
  }
  return inOrder([...statements].map(([item, own]) => (own && item.kind === 'Probe' ? sliceOf(item, own) : item)))
}

/** With the predicate only where that is among them. What stands last in a probe has rules of its own. */
function sliceOf(probe: Probe, own: readonly (Statement | null)[]): Probe {
  const statements = own.filter((statement) => statement !== null).toSorted((a, b) => a.span.start - b.span.start)
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
  const nodes = parts.map((part, index) => ({ part, items: [...new Set(groups[index]?.map(({ item }) => item))] }))
  return grouped(nodes, ({ items }) => items).map((group) => ({
    items: withHead(inOrder([...new Set(group.flatMap(({ items }) => items))])),
    parts: group.map(({ part }) => part),
  }))
}

/** Those that have a thing in common, over whatever chain of others. */
function grouped<T>(members: readonly T[], thingsOf: (member: T) => readonly unknown[]): readonly (readonly T[])[] {
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
  for (const [index, member] of members.entries()) {
    for (const thing of thingsOf(member)) {
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
