/** `bpftrace.optimize_program`: a cheaper program that measures the same, with the reason for every change. */
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { DEFAULT_CPUS } from '../../analyzers/bpftrace/inspect.ts'
import { optimize } from '../../analyzers/bpftrace/optimize/optimize.ts'
import { editField, targetFields, targetResult } from '../shared/bpftrace-fields.ts'
import { judgeProgram, resolveTarget } from '../shared/judge-program.ts'
import { fence } from '../shared/markdown.ts'
import { editsBetween, unifiedDiff } from '../shared/program-edits.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'bpftrace.optimize_program',
  title: 'Make a bpftrace program cheaper',
  description:
    'Rewrites a program so that it costs less, such as by filters in predicates, aggregates in the kernel and cheaper probes. Returns the edits with reasons and the CPU before and after.',
  kind: 'read',
  toolset: 'bpftrace',
  input: z.strictObject({
    program: z.string().max(1_000_000).describe('Program text'),
    ...targetFields,
    keep_output: z.boolean().default(false).describe('Only suggest what would change the output'),
    rates: z.record(z.string(), z.number().min(0)).optional().describe('Known events per second by attach point'),
  }),
  output: z.object({
    program: z.string().describe('The optimized program; the given one when nothing was applied'),
    changed: z.boolean().describe('Whether the text changed'),
    edits: z.array(editField).describe('The changed lines of the given program'),
    diff: z.string().describe('The same as a unified diff'),
    notes: z.array(z.string()).describe('What was done and why, then what a person has to decide'),
    suggestions: z
      .array(
        z.object({
          name: z.string().describe('Kind of change'),
          line: z.number().int().describe('1-based line where it was found'),
          reason: z.string().describe('What to do and why'),
          applied: z.boolean().describe('Whether `program` has it'),
        }),
      )
      .describe('In the order they were found'),
    cpu_pct_before: z.number().describe('Estimated percent of one CPU of the given program'),
    cpu_pct_after: z.number().describe('The same of the result'),
    target: targetResult,
  }),
  async run(context, input) {
    const target = await resolveTarget(context, { bpftrace: input.bpftrace_version, kernel: input.kernel })
    const { program, suggestions } = optimize(input.program, {
      bpftrace: target.version,
      kernel: target.kernel,
      cpus: target.kernel.source.kind === 'live' ? availableParallelism() : DEFAULT_CPUS,
      keepOutput: input.keep_output,
      rates: input.rates,
      params: input.params,
    })
    const cost = (text: string) => {
      const options = { unsafe: true, params: input.params, rates: input.rates }
      const { estimate } = judgeProgram(text, target, options).assessment
      return estimate.cpuPct + estimate.attachCpuPct
    }
    const notes = suggestions
      .toSorted((a, b) => Number(b.applied) - Number(a.applied))
      .map(({ applied, line, reason }) => `Line ${line}${applied ? '' : ' (not applied)'}: ${reason}`)
    return {
      program,
      changed: program !== input.program,
      edits: editsBetween(input.program, program),
      diff: unifiedDiff(input.program, program),
      notes: notes.length > 0 ? notes : ['Nothing cheaper was found.'],
      suggestions,
      cpu_pct_before: cost(input.program),
      cpu_pct_after: cost(program),
      target: target.shown,
    }
  },
  text(result) {
    const percent = (value: number) => `${value.toFixed(2)} %`
    const head = result.changed
      ? `Cheaper: about ${percent(result.cpu_pct_before)} of a CPU before, ${percent(result.cpu_pct_after)} after.`
      : 'Unchanged.'
    return [
      head,
      ...(result.changed ? [fence(result.diff, 'diff')] : []),
      result.notes.map((note) => `- ${note}`).join('\n'),
    ].join('\n\n')
  },
})
