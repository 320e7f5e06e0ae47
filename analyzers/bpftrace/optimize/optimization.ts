/**
 * What an optimization is: a cheaper form of something in a program, with its reason. One file in `all/` is one. Edits
 * that are given must keep what the program measures; where they change what it prints, `changesOutput` says so.
 */
import type { Estimate } from '../cost/estimate.ts'
import type { Span, TextEdit } from '../diagnostic.ts'
import type { ProgramContext } from '../program-context.ts'
import type { AttachPoint, Node, Probe } from '../syntax/ast.ts'
import { walk } from '../syntax/visit.ts'

export interface OptimizeContext extends ProgramContext {
  readonly estimate: Estimate
}

export interface Suggestion {
  readonly span: Span
  /** What to do and why, one or two sentences. */
  readonly reason: string
  /** Empty where a person has to decide how. */
  readonly edits: readonly TextEdit[]
}

export interface Optimization {
  /** As the file. */
  readonly name: string
  readonly title: string
  /** The program prints something else afterwards. */
  readonly changesOutput?: boolean
  /** Tried after the others, which may do better. */
  readonly isLast?: boolean
  /** Programs of the newest version and what becomes of them: its tests, with the real compilers too. */
  readonly examples: readonly { readonly before: string; readonly after: string }[]
  find(context: OptimizeContext): Iterable<Suggestion>
}

export const optimization = (definition: Optimization): Optimization => definition

export function* probesOf(context: ProgramContext): Generator<Probe> {
  for (const item of context.tree.program.items) if (item.kind === 'Probe') yield item
}

export function sourceOf(context: ProgramContext, node: { readonly span: Span }): string {
  return context.tree.source.slice(node.span.start, node.span.end)
}

export function provider(probe: Probe): string {
  const names = new Set(probe.attachPoints.map((point) => point.parts[0]?.text.toLowerCase() ?? ''))
  return names.size === 1 ? ([...names][0] ?? '') : ''
}

export function contains(root: Node, test: (node: Node) => boolean): boolean {
  let found = false
  walk(root, (node) => {
    found ||= test(node)
    return !found
  })
  return found
}

/** Bare words that a probe uses: `arg0`, `retval`, `comm`. */
export function wordsOf(probe: Probe): Set<string> {
  const words = new Set<string>()
  walk(probe, (node) => {
    if (node.kind === 'Identifier') words.add(node.name)
    if (node.kind === 'Call') words.add(node.callee.text)
  })
  return words
}

export function variablesOf(probe: Probe): Set<string> {
  const names = new Set<string>()
  walk(probe, (node) => {
    if (node.kind === 'Variable') names.add(node.name)
  })
  return names
}

/** With the long name of its provider. */
export function longText(context: OptimizeContext, point: AttachPoint | undefined): string {
  const [first, ...rest] = point?.parts ?? []
  const entry = context.catalog.probeType(first?.text ?? '')
  return [entry?.aliasOf ?? entry?.name ?? first?.text ?? '', ...rest.map((part) => part.text)].join(':')
}

/** Words that mean something else, or nothing, in a probe of another kind. */
export const probeWord = /^(s?arg\d+|args|retval|ctx|reg|func|probe)$/
