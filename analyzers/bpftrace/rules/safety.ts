/**
 * Runs the rules over a program and sums them up: findings as diagnostics of origin `rule`, and a verdict with its
 * reasons. Pure; what it says depends on the program, the catalog and the kernel's facts only.
 */

import type { JudgeMemory } from '../checker/memory.ts'
import { type Estimate, estimate } from '../cost/estimate.ts'
import type { LoadOptions } from '../cost/probe-load.ts'
import type { Diagnostic, Span } from '../diagnostic.ts'
import { type ProgramContext, withFacts } from '../program-context.ts'
import { assessParts, type Found, foundBy, needsUnsafe } from './parts.ts'
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

/** `memory`: of the document's judgement; its parts are assessed one by one, and kept with it. */
export function assess(context: ProgramContext, options: LoadOptions, memory?: JudgeMemory): Assessment {
  const kernelRelease = releaseOf(context.kernel.source)
  const parts = memory && memory.wholes.length > 0 ? assessParts(context, options, kernelRelease, memory) : undefined
  const ruleContext = withFacts(context, {
    estimate: parts?.estimate ?? estimate(context, options),
    kernelRelease,
  })
  if (!parts) return assessWith(rules, ruleContext)
  const found = rules.flatMap((rule) =>
    rule.acrossProbes ? foundBy(rule, ruleContext) : (parts.found.get(rule) ?? []),
  )
  return summedUp(found, ruleContext, parts.needsUnsafe)
}

/** Of the kernel that is judged for; the bundled one is nobody's, unless it stands in for one that was asked for. */
function releaseOf({ kind, kernel, standsFor }: ProgramContext['kernel']['source']): string {
  return standsFor ?? (kind === 'live' || kind === 'file' ? kernel : '')
}

/** The same for chosen rules and facts: what tests use. */
export function assessWith(chosen: readonly Rule[], context: RuleContext): Assessment {
  const found = chosen.flatMap((rule) => foundBy(rule, context))
  return summedUp(found, context, needsUnsafe(context))
}

function summedUp(found: readonly Found[], context: RuleContext, needsUnsafe: boolean): Assessment {
  const diagnostics: Diagnostic[] = []
  const reasons: { verdict: Verdict; text: string }[] = []
  const misspelt = misspeltPlaces(found)
  for (const { rule, finding } of found) {
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
      needsUnsafe,
      reasons: reasons.map(({ text }) => text),
    },
    diagnostics: diagnostics.toSorted((a, b) => a.span.start - b.span.start),
  }
}

/** What a probe that does not exist would cost is no concern: its name has to be mended first. */
function misspeltPlaces(found: readonly Found[]): readonly Span[] {
  return found.flatMap(({ rule, finding }) =>
    rule.code === 'probe-unknown' && finding.fixes?.length ? [finding.span] : [],
  )
}

const overlap = (a: Span, b: Span) => a.start < b.end && b.start < a.end
