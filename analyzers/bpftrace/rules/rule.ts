/**
 * What a rule on safety, cost or portability is. One file in `all/` is one rule: its code is the file name, its
 * documentation page, its message and its tests come from the same object. Rules never report an error: whether a
 * program compiles is the compiler's to say.
 */
import type { Estimate, ProbeEstimate } from '../cost/estimate.ts'
import type { Fix, RelatedPlace, Span } from '../diagnostic.ts'
import type { ProgramContext } from '../program-context.ts'
import type { Probe } from '../syntax/ast.ts'

export interface RuleContext extends ProgramContext {
  readonly estimate: Estimate
  /** Kernel release such as `6.18`, empty when nobody knows it. */
  readonly kernelRelease: string
}

export interface RuleFinding {
  readonly span: Span
  readonly message: string
  readonly related?: readonly RelatedPlace[]
  readonly fixes?: readonly Fix[]
  /** Where one rule has findings of different weight. */
  readonly severity?: 'warning' | 'info' | 'hint'
}

export interface Rule {
  readonly code: string
  readonly title: string
  readonly severity: 'warning' | 'info' | 'hint'
  /** What a finding makes of the whole program; `null` where it says nothing about safety. */
  readonly verdict: 'caution' | 'dangerous' | null
  /** One or two paragraphs: why it matters and what to do. */
  readonly docs: string
  /** Programs for the newest version: the rule reports the first and not the second. */
  readonly bad: string
  readonly good: string
  /** The kernel that the examples need, where they need one: its release, its options, its tracepoints. */
  readonly example?: {
    readonly kernel?: string
    readonly config?: Readonly<Record<string, string>>
    readonly tracepoints?: readonly string[]
  }
  /** Whether it looks together at probes that share no map; else it may be asked about each group of them by itself. */
  readonly acrossProbes?: true
  /** Whether it looks at one probe after the other and at no types: what it finds is kept with a probe. */
  readonly byProbe?: true
  check(context: RuleContext): Iterable<RuleFinding>
}

export const rule = (definition: Rule): Rule => definition

export function* probesOf(context: ProgramContext): Generator<Probe> {
  for (const item of context.tree.program.items) if (item.kind === 'Probe') yield item
}

const grouped = new WeakMap<Estimate, ReadonlyMap<Probe, readonly ProbeEstimate[]>>()

/** What is estimated of a probe, for each of its attach points. */
export function estimatesOf({ estimate }: RuleContext, probe: Probe): readonly ProbeEstimate[] {
  const known = grouped.get(estimate) ?? Map.groupBy(estimate.probes, (each) => each.probe)
  grouped.set(estimate, known)
  return known.get(probe) ?? []
}

/** Attach points that fire, with what is estimated of them. */
export function hotProbes(context: RuleContext): readonly ProbeEstimate[] {
  return context.estimate.probes.filter((each) => each.load.hot)
}

export function textOf(context: ProgramContext, node: { readonly span: Span }): string {
  return context.tree.source.slice(node.span.start, node.span.end)
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const MOST_KEPT = 1000
const written = new Map<number, string>()

/** `40K`. Rates are the same again and again, and writing one in words takes microseconds. */
export function count(value: number): string {
  const known = written.get(value) ?? compact.format(value)
  if (written.size >= MOST_KEPT) written.clear()
  written.set(value, known)
  return known
}

/** `about 40K times a second on a busy machine with 8 CPUs`, or as measured. */
export function often({ load }: ProbeEstimate, perSecond: number, cpus: number): string {
  const times = `${count(perSecond)} times a second`
  if (load.basis === 'given' || load.basis === 'measured') return `${times}, as measured`
  if (load.basis === 'exact') return times
  return `about ${times} on a busy machine with ${cpus} CPU${cpus === 1 ? '' : 's'}`
}

/** A predicate that nearly every event passes filters nothing. */
const HARDLY_FILTERS = 0.9

export function isFiltered({ probe, cost }: ProbeEstimate): boolean {
  return probe.predicate !== null && cost.passing < HARDLY_FILTERS
}

/** The first `$n` that a program does not use yet. */
export function nextParameter(source: string): string {
  const used = [...source.matchAll(/\$(\d+)/g)].map((match) => Number(match[1]))
  return `$${Math.max(0, ...used) + 1}`
}
