/**
 * What is kept of one document's judgement while it is being edited: parts whose roots are the same objects as before
 * keep what was found, moved to where the roots now are. It knows nothing of what is found, except that a finding and its
 * data say places as `start` and `end`.
 */
import type { Span } from '../diagnostic.ts'
import type { Node, TopLevel } from '../syntax/ast.ts'
import type { Finding } from './findings.ts'
import type { Judgement } from './modern/pipeline.ts'
import type { TypeTable } from './type-table.ts'

/** Items, or pieces of them, that are judged together. */
export interface Part {
  /** In source order, the program's head and the attach points of sliced probes among them. */
  readonly roots: readonly Node[]
  readonly findings: readonly Finding[]
  readonly judgement: Judgement
  /** Where each root began when the findings were made. */
  readonly starts: readonly number[]
}

/** Whole items that share maps, and all judgements that say something about them. */
export interface Whole {
  readonly items: readonly TopLevel[]
  readonly judgements: readonly Judgement[]
}

export class JudgeMemory {
  /** By the first root that is not of the head. */
  parts: ReadonlyMap<Node, Part> = new Map()
  wholes: readonly Whole[] = []
  /** What everything here was judged with; another target, and nothing of it counts. */
  options: readonly unknown[] = []
  head: Head | undefined

  forgetParts(): void {
    this.parts = new Map()
    this.wholes = []
  }
}

/** The C text of a program and what it was read from. */
export interface Head {
  readonly text: string
  readonly files: ReadonlyMap<string, string | undefined>
  readonly types: TypeTable
  readonly findings: readonly Finding[]
}

export const startsOf = (roots: readonly Node[]): readonly number[] => roots.map(({ span }) => span.start)

/** From places as they were when the roots began at `starts` to where these are now; undefined when nothing has moved. */
export function moverOf(roots: readonly Node[], starts: readonly number[]): ((offset: number) => number) | undefined {
  const moves = roots.map((root, index) => root.span.start - (starts[index] ?? 0))
  if (moves.every((by) => by === 0)) return undefined
  return (offset) => offset + (moves[starts.findLastIndex((start) => start <= offset)] ?? 0)
}

/** The same findings where their roots are now. */
export function placed({ roots, starts, findings }: Part): readonly Finding[] {
  const moved = findings.length === 0 ? undefined : moverOf(roots, starts)
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

/** Places in a finding's data are called `start` and `end`, or have these. */
function movedData(data: unknown, moved: (offset: number) => number): unknown {
  if (typeof data !== 'object' || data === null) return data
  const start = 'start' in data && typeof data.start === 'number' ? { start: moved(data.start) } : {}
  const end = 'end' in data && typeof data.end === 'number' ? { end: moved(data.end) } : {}
  const places = Object.entries(data).flatMap(([name, value]) =>
    isPlace(value) ? [[name, movedData(value, moved)]] : [],
  )
  return { ...data, ...start, ...end, ...Object.fromEntries(places) }
}

const isPlace = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'start' in value && typeof value.start === 'number'
