/** `bpftrace.estimate_cost`: what a program will cost on a machine, probe by probe and map by map. */
import { z } from 'zod'
import { targetFields, targetResult } from '../shared/bpftrace-fields.ts'
import { judgeProgram, resolveTarget } from '../shared/judge-program.ts'
import { code, table } from '../shared/markdown.ts'
import { measuredText, measureRates } from '../shared/measure-rates.ts'
import {
  estimateField,
  estimateText,
  mapEstimateField,
  probeEstimateField,
  shownEstimate,
  shownMaps,
  shownProbes,
} from '../shared/program-safety.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'bpftrace.estimate_cost',
  title: 'Estimate the cost of a bpftrace program',
  description:
    'Estimates events per second, CPU, map memory and BPF stack of a program before it runs, per probe and map. Without `rates` or `measure`, typical rates of a busy server stand in and the result says so.',
  kind: 'run',
  writesOnlyWith: 'measure',
  destructive: false,
  toolset: 'bpftrace',
  input: z.strictObject({
    program: z.string().max(1_000_000).describe('Program text'),
    ...targetFields,
    rates: z.record(z.string(), z.number().min(0)).optional().describe('Known events per second by attach point'),
    measure: z
      .boolean()
      .optional()
      .describe('Count the probes here for a second: runs a program, which a person or the policy must allow'),
    cpus: z.number().int().min(1).max(4096).optional().describe('CPUs; default 8, with kernel `live` those here'),
  }),
  output: estimateField.extend({
    target: targetResult,
    cpus: z.number().int().describe('CPUs that the figures are for'),
    probes: z.array(probeEstimateField).describe('In source order'),
    maps: z.array(mapEstimateField).describe('The maps of the program, and those that bpftrace adds to hold stacks'),
    measured: z
      .object({
        seconds: z.number().describe('How long was counted'),
        rates: z.record(z.string(), z.number()).describe('Events per second by attach point'),
        program: z.string().describe('The counting program that ran'),
      })
      .optional()
      .describe('What was counted on this machine, with `measure`'),
  }),
  async run(context, input, options) {
    const isMeasured = input.measure === true
    // What is counted here is said of this kernel.
    const kernel = isMeasured && input.kernel === 'none' ? 'live' : input.kernel
    const target = await resolveTarget(context, { bpftrace: input.bpftrace_version, kernel })
    const measured = isMeasured ? await measureRates(context, input, target, options) : undefined
    const { assessment } = judgeProgram(input.program, target, {
      unsafe: input.unsafe,
      params: input.params,
      rates: input.rates,
      measured: measured?.rates,
      ...(input.cpus === undefined ? {} : { cpus: input.cpus }),
    })
    const shown = shownEstimate(assessment.estimate)
    return {
      ...shown,
      basis: [shown.basis, ...(isMeasured ? [measuredText(measured)] : [])].join(' '),
      ...(measured === undefined ? {} : { measured }),
      target: target.shown,
      cpus: assessment.estimate.cpus,
      probes: shownProbes(assessment.estimate),
      maps: shownMaps(assessment.estimate),
    }
  },
  text(result) {
    const probes = result.probes.map((each) => [
      code(each.probe),
      Math.round(each.events_per_second).toString(),
      each.basis,
      each.ns_per_event.toString(),
      each.cpu_pct.toFixed(2),
    ])
    const maps = result.maps.map((each) => [
      code(each.name),
      each.type,
      each.max_entries.toString(),
      each.bytes.toString(),
    ])
    return [
      estimateText(result),
      ...(probes.length > 0 ? [table(['Probe', 'Events/s', 'Rate', 'ns/event', 'CPU %'], probes)] : []),
      ...(maps.length > 0 ? [table(['Map', 'Type', 'Entries', 'Bytes'], maps)] : []),
    ].join('\n\n')
  },
})
