/** `bpftrace.render_template`: a program from a template and its parameters, for one version and kernel. */
import { z } from 'zod'
import { renderTemplate, requireTemplate } from '../../analyzers/bpftrace/templates/render.ts'
import { diagnosticField, targetFields, targetResult } from '../shared/bpftrace-fields.ts'
import { judgeProgram, resolveTarget } from '../shared/judge-program.ts'
import { fence } from '../shared/markdown.ts'
import { safetyField, shownSafety } from '../shared/program-safety.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'bpftrace.render_template',
  title: 'Write a bpftrace program from a template',
  description:
    'Writes a program from a template of bpftrace.list_templates for a version and a kernel, checked, with notes on what was chosen.',
  kind: 'read',
  toolset: 'bpftrace',
  input: z.strictObject({
    template: z.string().max(100).describe('Name of the template'),
    parameters: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .default({})
      .describe('Values by name, such as {"pid": 1234, "threshold": "10ms"}'),
    bpftrace_version: targetFields.bpftrace_version,
    kernel: targetFields.kernel,
  }),
  output: z.object({
    program: z.string().describe('The program, formatted'),
    notes: z.array(z.string()).describe('What was chosen for this version and kernel, and why'),
    valid: z.boolean().describe('The target version accepts it'),
    diagnostics: z.array(diagnosticField).describe('Errors and warnings about it'),
    safety: safetyField,
    target: targetResult,
  }),
  async run(context, input) {
    const template = requireTemplate(input.template)
    const target = await resolveTarget(context, { bpftrace: input.bpftrace_version, kernel: input.kernel })
    const options = { bpftrace: target.version, kernel: target.kernel }
    const { program, notes } = renderTemplate(template, input.parameters, options)
    const { diagnostics, assessment } = judgeProgram(program, target)
    const shown = diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning').slice(0, 50)
    return {
      program,
      notes: [...notes],
      valid: !shown.some(({ severity }) => severity === 'error'),
      diagnostics: shown,
      safety: shownSafety(assessment),
      target: target.shown,
    }
  },
  text(result) {
    const notes = result.notes.map((note) => `- ${note}`).join('\n')
    const reasons = result.safety.reasons.length > 0 ? ` ${result.safety.reasons.join(' ')}` : ''
    const head = `For bpftrace ${result.target.bpftrace}; verdict: ${result.safety.verdict}.${reasons}`
    return [head, fence(result.program, 'bpftrace'), ...(notes === '' ? [] : [notes])].join('\n\n')
  },
})
