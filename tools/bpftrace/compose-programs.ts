/** `bpftrace.compose_programs`: one program from several, and what a finished program often lacks. */
import { z } from 'zod'
import { compose } from '../../analyzers/bpftrace/compose/compose.ts'
import { diagnosticField, targetFields, targetResult } from '../shared/bpftrace-fields.ts'
import { judgeProgram, resolveTarget } from '../shared/judge-program.ts'
import { fence } from '../shared/markdown.ts'
import { defineTool } from '../tool.ts'

const time = z.string().max(20)
const operation = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('filter').describe('Add a condition to every probe that watches events'),
    condition: z.string().max(2000).describe('As in a predicate: pid == 1234 && comm != "sshd"'),
  }),
  z.strictObject({
    kind: z.literal('time_limit').describe('End after a time'),
    duration: time.describe('500ms, 10s, 5m'),
  }),
  z.strictObject({
    kind: z.literal('series').describe('Print what is collected at every interval and start afresh'),
    interval: time.default('1s').describe('1s'),
    maps: z.array(z.string().max(200)).max(100).optional().describe('Only these maps; else all that collect'),
  }),
  z.strictObject({
    kind: z.literal('begin_text').describe('Print a line at the beginning'),
    text: z.string().max(1000).describe('The line'),
  }),
  z.strictObject({
    kind: z.literal('end_text').describe('Print a line at the end'),
    text: z.string().max(1000).describe('The line'),
  }),
])

export default defineTool({
  name: 'bpftrace.compose_programs',
  title: 'Compose bpftrace programs',
  description:
    'Merges programs into one, renaming what clashes, and applies operations to the syntax tree in order; notes say what was changed.',
  kind: 'read',
  toolset: 'bpftrace',
  input: z.strictObject({
    programs: z.array(z.string().max(1_000_000)).min(1).max(20).describe('One or more programs'),
    operations: z.array(operation).max(50).default([]).describe('Applied to the merged program, in this order'),
    bpftrace_version: targetFields.bpftrace_version,
    kernel: targetFields.kernel,
    unsafe: targetFields.unsafe,
    params: targetFields.params,
  }),
  output: z.object({
    program: z.string().describe('The composed program, formatted'),
    notes: z.array(z.string()).describe('What was renamed, merged and added'),
    valid: z.boolean().describe('The target version accepts it'),
    diagnostics: z.array(diagnosticField).describe('Errors and warnings about it'),
    target: targetResult,
  }),
  async run(context, input) {
    const target = await resolveTarget(context, { bpftrace: input.bpftrace_version, kernel: input.kernel })
    const { program, notes } = compose(input.programs, input.operations, { bpftrace: target.version })
    const { diagnostics } = judgeProgram(program, target, { unsafe: input.unsafe, params: input.params })
    const shown = diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning').slice(0, 50)
    return {
      program,
      notes: [...notes],
      valid: !shown.some(({ severity }) => severity === 'error'),
      diagnostics: shown,
      target: target.shown,
    }
  },
  text(result) {
    const errors = result.diagnostics.filter(({ severity }) => severity === 'error')
    const state = result.valid
      ? `bpftrace ${result.target.bpftrace} accepts it.`
      : `bpftrace ${result.target.bpftrace} does not accept it: ${errors.map(({ line, message }) => `line ${line}: ${message}`).join('; ')}`
    const notes = result.notes.map((note) => `- ${note}`).join('\n')
    return [state, fence(result.program, 'bpftrace'), ...(notes === '' ? [] : [notes])].join('\n\n')
  },
})
