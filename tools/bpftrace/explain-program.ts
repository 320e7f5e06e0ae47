/** `bpftrace.explain_program`: what each part of a program does. */
import { z } from 'zod'
import { explain } from '../../analyzers/bpftrace/explain.ts'
import { placerFor } from '../../analyzers/bpftrace/placed-diagnostic.ts'
import { targetFields, targetResult } from '../shared/bpftrace-fields.ts'
import { judgeProgram, resolveTarget } from '../shared/judge-program.ts'
import { cell, table } from '../shared/markdown.ts'
import { defineTool } from '../tool.ts'

const MAX_PARTS = 400

export default defineTool({
  name: 'bpftrace.explain_program',
  title: 'Explain a bpftrace program',
  description:
    'Says in plain sentences what each part of a program does: what fires its probes and how often, what is filtered, stored and printed.',
  kind: 'read',
  toolset: 'bpftrace',
  input: z.strictObject({
    program: z.string().max(1_000_000).describe('Program text'),
    ...targetFields,
  }),
  output: z.object({
    parts: z
      .array(
        z.object({
          line: z.number().int().describe('1-based first line'),
          endLine: z.number().int().describe('1-based last line'),
          text: z.string().describe('What this part does'),
        }),
      )
      .describe('In source order'),
    omitted: z.number().int().describe('Parts beyond those listed'),
    valid: z.boolean().describe('The compiler would accept the program'),
    target: targetResult,
  }),
  async run(context, input) {
    const target = await resolveTarget(context, { bpftrace: input.bpftrace_version, kernel: input.kernel })
    const { context: program, assessment, diagnostics } = judgeProgram(input.program, target, input)
    const place = placerFor(input.program)
    const parts = explain(program, assessment.estimate).map(({ span, text }) => {
      const { line, endLine } = place(span)
      return { line, endLine, text }
    })
    return {
      parts: parts.slice(0, MAX_PARTS),
      omitted: Math.max(0, parts.length - MAX_PARTS),
      valid: !diagnostics.some((each) => each.severity === 'error'),
      target: target.shown,
    }
  },
  text(result) {
    const rows = result.parts.map((part) => [String(part.line), cell(part.text, 300)])
    const wrong = result.valid ? [] : ['The program has errors; `bpftrace.validate_program` lists them.']
    return [...wrong, table(['Line', 'What it does'], rows)].join('\n\n')
  },
})
