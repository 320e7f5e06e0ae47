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
  /** The kernel release and rates that the examples need, where they need any. */
  readonly example?: { readonly kernel?: string; readonly rates?: Readonly<Record<string, number>> }
  check(context: RuleContext): Iterable<RuleFinding>
}

export const rule = (definition: Rule): Rule => definition

export function* probesOf(context: ProgramContext): Generator<Probe> {
  for (const item of context.tree.program.items) if (item.kind === 'Probe') yield item
}

/** Attach points that fire, with what is estimated of them. */
export function hotProbes(context: RuleContext): readonly ProbeEstimate[] {
  return context.estimate.probes.filter((each) => each.load.hot)
}

export function textOf(context: ProgramContext, node: { readonly span: Span }): string {
  return context.tree.source.slice(node.span.start, node.span.end)
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
export const count = (value: number) => compact.format(value)
