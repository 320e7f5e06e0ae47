/**
 * What is kept of one document's judgement while it is being edited. Probes that share no map cannot tell anything about
 * each other, so a program falls into parts, each judged by itself with the definitions and settings at its head; parts
 * whose items are the same objects as before keep what was found, moved to where the items now are. It knows nothing of
 * what is found, except that a finding and its data say places as `start` and `end`.
 */
import type { Span } from '../diagnostic.ts'
import type { TopLevel } from '../syntax/ast.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { walk } from '../syntax/visit.ts'
import type { Finding } from './findings.ts'
import type { Judgement } from './modern/pipeline.ts'
import type { TypeTable } from './type-table.ts'

/** Items that are judged together. */
export interface Part {
  readonly items: readonly TopLevel[]
  readonly findings: readonly Finding[]
  readonly judgement: Judgement
  /** Where each item began when the findings were made. */
  readonly starts: readonly number[]
}

export class JudgeMemory {
  /** By name. */
  parts: ReadonlyMap<TopLevel, Part> = new Map()
  /** What everything here was judged with; another target, and nothing of it counts. */
  options: readonly unknown[] = []
  head: Head | undefined
}

/** The C text of a program and what it was read from. */
export interface Head {
  readonly text: string
  readonly files: ReadonlyMap<string, string | undefined>
  readonly types: TypeTable
  readonly findings: readonly Finding[]
}

/** C text is read once for all parts. What no grammar has is no part of anything. */
const leftOut: ReadonlySet<TopLevel['kind']> = new Set(['Preprocessor', 'CDefinition', 'Error'])
const ownKinds: ReadonlySet<TopLevel['kind']> = new Set(['Probe', 'MapDeclaration'])

export interface Split {
  /** What holds for all parts; findings in it are the same in each. */
  readonly head: readonly TopLevel[]
  /** Each with the head, in source order. The first item of its own names a part. */
  readonly parts: readonly { readonly name: TopLevel; readonly items: readonly TopLevel[] }[]
}

/** Undefined for a program that is one whole: what it imports or defines may mean anything. */
export function split({ program: { items } }: SyntaxTree): Split | undefined {
  const judged = items.filter(({ kind }) => !leftOut.has(kind))
  if (!judged.every(({ kind }) => kind === 'Config' || ownKinds.has(kind))) return undefined
  const head = judged.filter(({ kind }) => kind === 'Config')
  const groups = grouped(judged.filter(({ kind }) => ownKinds.has(kind)))
  const parts = groups.flatMap((own) => {
    const [name] = own
    return name === undefined ? [] : [{ name, items: head.length === 0 ? own : inOrder([...head, ...own]) }]
  })
  return { head, parts }
}

const inOrder = (items: readonly TopLevel[]) => items.toSorted((a, b) => a.span.start - b.span.start)

/** Items that name a thing in common, over whatever chain of others. */
function grouped(items: readonly TopLevel[]): readonly (readonly TopLevel[])[] {
  const leader = items.map((_, index) => index)
  const leaderOf = (index: number): number => {
    let at = index
    for (let next = leader[at] ?? at; next !== at; next = leader[at] ?? at) {
      leader[at] = leader[next] ?? next
      at = next
    }
    return at
  }
  const firstWith = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    for (const thing of sharedThings(item)) {
      const first = firstWith.get(thing)
      if (first === undefined) firstWith.set(thing, index)
      else {
        const [low, high] = [leaderOf(first), leaderOf(index)].toSorted((a, b) => a - b)
        if (low !== undefined && high !== undefined) leader[high] = low
      }
    }
  }
  const groups = new Map<number, TopLevel[]>()
  for (const [index, item] of items.entries()) {
    const group = groups.get(leaderOf(index))
    if (group) group.push(item)
    else groups.set(leaderOf(index), [item])
  }
  return [...groups.values()]
}

/** Probe types that a program may have once, or that are told apart by their names. */
const counted = /^(begin|end|self|test|bench)$/i

const things = new WeakMap<TopLevel, readonly string[]>()

/** Maps; options of the command line; and kinds of probes that are compared with each other. */
function sharedThings(item: TopLevel): readonly string[] {
  const known = things.get(item)
  if (known) return known
  const found = new Set<string>()
  walk(item, (node) => {
    if (node.kind === 'MapReference') found.add(node.name)
    else if (node.kind === 'Call' && node.callee.text === 'getopt') found.add('getopt')
    else if (node.kind === 'AttachPoint') {
      const provider = node.parts[0]?.text ?? ''
      if (counted.test(provider)) found.add(provider.toLowerCase())
    }
  })
  const list = [...found]
  things.set(item, list)
  return list
}

export const startsOf = (items: readonly TopLevel[]): readonly number[] => items.map(({ span }) => span.start)

/** From places as they were when the items began at `starts` to where these are now; undefined when nothing has moved. */
export function moverOf(
  items: readonly TopLevel[],
  starts: readonly number[],
): ((offset: number) => number) | undefined {
  const moves = items.map((item, index) => item.span.start - (starts[index] ?? 0))
  if (moves.every((by) => by === 0)) return undefined
  return (offset) => offset + (moves[starts.findLastIndex((start) => start <= offset)] ?? 0)
}

/** The same findings where their items are now. */
export function placed({ items, starts, findings }: Part): readonly Finding[] {
  const moved = findings.length === 0 ? undefined : moverOf(items, starts)
  return moved ? findings.map((finding) => copied(finding, moved)) : findings
}

/** Without a span that a node holds too, for nodes are moved themselves. */
export const detached = (finding: Finding): Finding => copied(finding, (offset) => offset)

function copied(finding: Finding, moved: (offset: number) => number): Finding {
  const place = ({ start, end }: Span): Span => ({ start: moved(start), end: moved(start) + end - start })
  return {
    ...finding,
    span: place(finding.span),
    related: finding.related.map(({ span, message }) => ({ span: place(span), message })),
    data: movedData(finding.data, moved),
  }
}

/** Places in a finding's data are called `start` and `end`. */
function movedData(data: unknown, moved: (offset: number) => number): unknown {
  if (typeof data !== 'object' || data === null) return data
  const start = 'start' in data && typeof data.start === 'number' ? { start: moved(data.start) } : {}
  const end = 'end' in data && typeof data.end === 'number' ? { end: moved(data.end) } : {}
  return { ...data, ...start, ...end }
}
