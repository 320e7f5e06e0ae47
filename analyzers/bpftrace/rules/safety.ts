/**
 * Runs the rules over a program and sums them up: findings as diagnostics of origin `rule`, and a verdict with its
 * reasons. Pure; what it says depends on the program, the catalog and the kernel's facts only.
 */
import { type Estimate, estimate } from '../cost/estimate.ts'
import type { LoadOptions } from '../cost/probe-load.ts'
import type { Diagnostic, Span } from '../diagnostic.ts'
import type { ProgramContext } from '../program-context.ts'
import { walk } from '../syntax/visit.ts'
import type { Rule, RuleContext } from './rule.ts'
import { rules } from './rules.generated.ts'

export type Verdict = 'safe' | 'caution' | 'dangerous'

export interface Safety {
  readonly verdict: Verdict
  /** Whether it calls what `--unsafe` is for. */
  readonly needsUnsafe: boolean
  /** What the verdict rests on, worst first; empty when the program is safe. */
  readonly reasons: readonly string[]
}

export interface Assessment {
  readonly estimate: Estimate
  readonly safety: Safety
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[]
}

const weight: Readonly<Record<Verdict, number>> = { safe: 0, caution: 1, dangerous: 2 }
/** Programs that take more of one CPU than this are not called safe even where no rule objects. */
const CAUTION_CPU_PCT = 10

export function assess(context: ProgramContext, options: LoadOptions): Assessment {
  const ruleContext: RuleContext = {
    ...context,
    estimate: estimate(context, options),
    kernelRelease: releaseOf(context.kernel.source),
  }
  return assessWith(rules, ruleContext)
}

/** Of the kernel that is judged for; the bundled one is nobody's, unless it stands in for one that was asked for. */
function releaseOf({ kind, kernel, standsFor }: ProgramContext['kernel']['source']): string {
  return standsFor ?? (kind === 'live' || kind === 'file' ? kernel : '')
}

/** The same for chosen rules and facts: what tests use. */
export function assessWith(chosen: readonly Rule[], context: RuleContext): Assessment {
  const diagnostics: Diagnostic[] = []
  const reasons: { verdict: Verdict; text: string }[] = []
  const misspelt = misspeltPlaces(chosen, context)
  for (const rule of chosen) {
    for (const finding of rule.check(context)) {
      if (rule.verdict !== null && misspelt.some((place) => overlap(place, finding.span))) continue
      const severity = finding.severity ?? rule.severity
      diagnostics.push({
        severity,
        code: rule.code,
        message: finding.message,
        origin: 'rule',
        span: finding.span,
        related: finding.related ?? [],
        fixes: finding.fixes ?? [],
      })
      // What is only worth a hint does not take a program's safety away.
      if (rule.verdict !== null && (severity === 'warning' || rule.severity === 'info')) {
        reasons.push({ verdict: rule.verdict, text: finding.message })
      }
    }
  }
  const { cpuPct, attachCpuPct } = context.estimate
  if (cpuPct + attachCpuPct > CAUTION_CPU_PCT && reasons.length === 0) {
    reasons.push({
      verdict: 'caution',
      text: `It may take ${(cpuPct + attachCpuPct).toFixed(0)} % of a CPU on a busy machine`,
    })
  }
  reasons.sort((a, b) => weight[b.verdict] - weight[a.verdict])
  return {
    estimate: context.estimate,
    safety: {
      verdict: reasons[0]?.verdict ?? 'safe',
      needsUnsafe: needsUnsafe(context),
      reasons: reasons.map(({ text }) => text),
    },
    diagnostics: diagnostics.toSorted((a, b) => a.span.start - b.span.start),
  }
}

/** What a probe that does not exist would cost is no concern: its name has to be mended first. */
function misspeltPlaces(chosen: readonly Rule[], context: RuleContext): readonly Span[] {
  const rule = chosen.find(({ code }) => code === 'probe-unknown')
  return rule ? [...rule.check(context)].flatMap(({ span, fixes }) => (fixes?.length ? [span] : [])) : []
}

const overlap = (a: Span, b: Span) => a.start < b.end && b.start < a.end

function needsUnsafe(context: ProgramContext): boolean {
  let found = false
  walk(context.tree.program, (node) => {
    if (node.kind === 'Call') found ||= context.catalog.function(node.callee.text)?.unsafe === true
    if (node.kind === 'AttachPoint') found ||= context.catalog.probeType(node.parts[0]?.text ?? '')?.unsafe === true
  })
  return found
}
