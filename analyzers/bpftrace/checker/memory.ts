/**
 * What is kept of one document's judgement while it is being edited: parts whose roots are the same objects as before
 * keep what was found, moved to where the roots now are. It knows nothing of what is found, except that a finding and its
 * data say places as `start` and `end`.
 */
import { partitionPoint } from '../../shared/partition-point.ts'
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
  /** By the first root of each, where they have been judged one by one: they have all findings and types. */
  readonly atoms?: ReadonlyMap<Node, Part>
}

/** Whole items that share maps, and all judgements that say something about them. */
export interface Whole {
  readonly items: readonly TopLevel[]
  readonly judgements: readonly Judgement[]
}

export class JudgeMemory {
  /** By the first root that is not of the head. */
  parts: ReadonlyMap<Node, Part> = new Map()
  /** The same by the first root of each atom. */
  partOf: ReadonlyMap<Node, Part> = new Map()
  /** What has been learnt of judging atoms by themselves. */
  tied: TiedMemory = noTries
  wholes: readonly Whole[] = []
  /** What everything here was judged with; another target, and nothing of it counts. */
  options: readonly unknown[] = []
  head: Head | undefined

  forgetParts(): void {
    this.parts = new Map()
    this.partOf = new Map()
    this.wholes = []
    this.tied = noTries
  }
}

export interface TiedMemory {
  /** Maps of which a few uses do not tell the type. */
  readonly hard: ReadonlySet<string>
  /** How often in a row it has failed, and how many versions of the document are left until the next try. */
  readonly failures: number
  readonly waits: number
}

const noTries: TiedMemory = { hard: new Set(), failures: 0, waits: 0 }

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
  return (offset) => offset + (moves[lastStart(starts, offset)] ?? 0)
}

/** Which of the places, in their order, an offset belongs to; -1 before the first. */
export const lastStart = (starts: readonly number[], offset: number): number =>
  partitionPoint(starts.length, (index) => (starts[index] ?? 0) <= offset) - 1

export const inOrder = (nodes: readonly Node[]): readonly Node[] =>
  nodes.toSorted((a, b) => a.span.start - b.span.start)

/** The same part where its roots are now. */
export function moved(part: Part): Part {
  if (!part.atoms) return { ...part, findings: placed(part), starts: startsOf(part.roots) }
  return ofAtoms(part.roots, new Map([...part.atoms].map(([root, atom]) => [root, moved(atom)])), part.judgement)
}

/** A part whose atoms lie where their roots are now. */
export function ofAtoms(roots: readonly Node[], atoms: ReadonlyMap<Node, Part>, judgement: Judgement): Part {
  const findings = [...atoms.values()].flatMap((atom) => atom.findings)
  return { roots, findings, judgement, starts: startsOf(roots), atoms }
}

/** The same findings where their roots are now. */
function placed({ roots, starts, findings }: Part): readonly Finding[] {
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
