/**
 * How careful one must be with a program: the verdict from what it calls and where it attaches, and how many events per
 * second are known from its timers and from rates the caller measured. What is not known stays null, never guessed.
 */
import { z } from 'zod'
import type { Placer } from '../../analyzers/bpftrace/placed-diagnostic.ts'
import type { Requirements } from '../../analyzers/bpftrace/requirements.ts'
import type { AttachPoint } from '../../analyzers/bpftrace/syntax/ast.ts'
import type { SyntaxTree } from '../../analyzers/bpftrace/syntax/tree.ts'
import { walk } from '../../analyzers/bpftrace/syntax/visit.ts'

export const safetyField = z
  .object({
    verdict: z.enum(['safe', 'caution', 'dangerous']).describe('How careful to be with a run'),
    needs_unsafe: z.boolean().describe('bpftrace runs it only with --unsafe'),
    reasons: z.array(z.string()).describe('What the verdict rests on'),
  })
  .describe('Whether running it may harm')

export const estimateField = z
  .object({
    events_per_second: z.number().nullable().describe('Events per second of all probes together; null when unknown'),
    cpu_pct: z.number().nullable().describe('Percent of one CPU; null when unknown'),
    map_bytes: z.number().nullable().describe('What the kernel allocates for the maps; null when unknown'),
    stack_bytes: z.number().nullable().describe('BPF stack of the largest probe; null when unknown'),
    basis: z.string().describe('What the figures rest on'),
  })
  .describe('What running it may cost')

export interface Assessment {
  readonly safety: z.input<typeof safetyField>
  readonly estimate: z.input<typeof estimateField>
}

export function assessProgram(
  tree: SyntaxTree,
  needs: Requirements,
  place: Placer,
  rates: Readonly<Record<string, number>>,
): Assessment {
  const points: AttachPoint[] = []
  walk(tree.program, (node) => {
    if (node.kind === 'AttachPoint') points.push(node)
  })
  const dangers = needs.unsafe.map((use) => `Line ${place(use.span).line}: \`${use.what}\` needs --unsafe.`)
  const cautions = points
    .filter((point) => point.parts.some((part) => part.text.includes('*')))
    .map((point) => `Line ${place(point.span).line}: \`${point.text}\` attaches to every match of its pattern.`)
  return {
    safety: {
      verdict: dangers.length > 0 ? 'dangerous' : cautions.length > 0 ? 'caution' : 'safe',
      needs_unsafe: dangers.length > 0,
      reasons: [...dangers, ...cautions],
    },
    estimate: estimate(points, rates),
  }
}

function estimate(points: readonly AttachPoint[], rates: Readonly<Record<string, number>>): Assessment['estimate'] {
  const known = points.map((point) => rates[point.text] ?? timerRate(point))
  const unknown = points.filter((_, index) => known[index] === undefined)
  const basis =
    unknown.length === 0
      ? 'Timers of the program and the rates given.'
      : `The rate is not known of ${unknown.map((point) => point.text).join(', ')}; give \`rates\`.`
  return {
    events_per_second: unknown.length === 0 ? known.reduce((sum: number, rate) => sum + (rate ?? 0), 0) : null,
    cpu_pct: null,
    map_bytes: null,
    stack_bytes: null,
    basis,
  }
}

/** `interval:s:5` fires on one CPU; `BEGIN` and `END` once. A profile's rate depends on the number of CPUs. */
function timerRate(point: AttachPoint): number | undefined {
  const [provider = '', unit = '', count = ''] = point.parts.map((part) => part.text)
  if (/^(begin|end)$/i.test(provider)) return 0
  const every = Number(count)
  if (!/^(interval|i)$/i.test(provider) || !(every > 0)) return undefined
  const perSecond: Readonly<Record<string, number>> = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 }
  if (unit === 'hz') return every
  const scale = perSecond[unit]
  return scale === undefined ? undefined : scale / every
}
