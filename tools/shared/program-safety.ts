/** How careful one must be with a program and what it may cost, as results show it. */
import { z } from 'zod'
import type { Estimate } from '../../analyzers/bpftrace/cost/estimate.ts'
import type { Assessment } from '../../analyzers/bpftrace/rules/safety.ts'

export const safetyField = z
  .object({
    verdict: z.enum(['safe', 'caution', 'dangerous']).describe('How careful to be with a run'),
    needs_unsafe: z.boolean().describe('bpftrace runs it only with --unsafe'),
    reasons: z.array(z.string()).describe('What the verdict rests on, worst first'),
  })
  .describe('Whether running it may harm')

export const estimateField = z
  .object({
    events_per_second: z.number().describe('Events per second of all probes together'),
    cpu_pct: z.number().describe('Percent of one CPU: the programs, and what bpftrace does with their messages'),
    attach_cpu_pct: z.number().describe('Percent of one CPU: reaching the programs, such as the traps of uprobes'),
    map_bytes: z.number().describe('What the kernel allocates for the maps at their maximum'),
    stack_bytes: z.number().describe('BPF stack of the largest program'),
    messages_per_second: z.number().describe('Lines and other messages for user space in a second'),
    basis: z.string().describe('How the figures were reached'),
  })
  .describe('What running it may cost')

export const probeEstimateField = z.object({
  probe: z.string().describe('The attach point as written'),
  matches: z.number().int().nullable().describe('Probes it expands to; null when the names are not known'),
  events_per_second: z.number().describe('Events in a second'),
  basis: z.enum(['measured', 'given', 'exact', 'typical', 'guess']).describe('Where the rate comes from'),
  ns_per_event: z.number().describe('Average nanoseconds of one event'),
  cpu_pct: z.number().describe('Percent of one CPU'),
})

export const mapEstimateField = z.object({
  name: z.string().describe('The map, or what an additional map holds'),
  type: z.string().describe('Type of the map in the kernel'),
  key_bytes: z.number().int().describe('Bytes of a key'),
  value_bytes: z.number().int().describe('Bytes of a value, on each CPU for per-CPU types'),
  max_entries: z.number().int().describe('Entries at most'),
  bytes: z.number().int().describe('What the kernel allocates'),
})

export function shownSafety({ safety }: Assessment): z.input<typeof safetyField> {
  return { verdict: safety.verdict, needs_unsafe: safety.needsUnsafe, reasons: [...safety.reasons] }
}

export function shownEstimate(estimate: Estimate): z.input<typeof estimateField> {
  return {
    events_per_second: estimate.eventsPerSecond,
    cpu_pct: estimate.cpuPct,
    attach_cpu_pct: estimate.attachCpuPct,
    map_bytes: estimate.mapBytes,
    stack_bytes: estimate.stackBytes,
    messages_per_second: estimate.messagesPerSecond,
    basis: estimate.basis,
  }
}

export function shownProbes(estimate: Estimate): z.input<typeof probeEstimateField>[] {
  return estimate.probes.map(({ load, cost, cpuPct, attachCpuPct }) => ({
    probe: load.attachPoint.text,
    matches: load.matches ?? null,
    events_per_second: load.eventsPerSecond,
    basis: load.basis,
    ns_per_event: Math.round(cost.ns),
    cpu_pct: cpuPct + attachCpuPct,
  }))
}

export function shownMaps(estimate: Estimate): z.input<typeof mapEstimateField>[] {
  return estimate.maps.map(({ name, shape, bytes }) => ({
    name,
    type: shape.type,
    key_bytes: shape.key,
    value_bytes: shape.value,
    max_entries: shape.maxEntries,
    bytes,
  }))
}

const rounded = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 })

/** One sentence. */
export function estimateText(estimate: z.output<typeof estimateField>): string {
  const cpu = estimate.cpu_pct + estimate.attach_cpu_pct
  return `About ${rounded.format(estimate.events_per_second)} events/s, ${cpu.toFixed(2)} % of a CPU, ${rounded.format(estimate.map_bytes)}B of map memory, ${estimate.stack_bytes} of 512 bytes of stack. ${estimate.basis}`
}
