/** `bpftrace.validate_program`: the checker's verdict on a program, what running it needs, and how careful to be. */
import { z } from 'zod'
import { requirementsOf } from '../../analyzers/bpftrace/requirements.ts'
import { confirmProgram } from '../../services/bpftrace/confirm-program.ts'
import { diagnosticField, targetFields, targetResult } from '../shared/bpftrace-fields.ts'
import { judgeProgram, resolveTarget } from '../shared/judge-program.ts'
import { cell, code, table } from '../shared/markdown.ts'
import { estimateField, estimateText, safetyField, shownEstimate, shownSafety } from '../shared/program-safety.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'bpftrace.validate_program',
  title: 'Validate a bpftrace program',
  description:
    'Says what the compiler of a version would say about a program, without running or needing it, whether running it is safe, and what it takes. Use it before every run.',
  kind: 'read',
  toolset: 'bpftrace',
  input: z.strictObject({
    program: z.string().max(1_000_000).describe('Program text'),
    ...targetFields,
    rates: z
      .record(z.string(), z.number().min(0))
      .optional()
      .describe('Known events per second by attach point, such as {"kprobe:vfs_read": 20000}'),
    confirm: z.boolean().default(false).describe('Ask the installed bpftrace too; nothing is attached'),
  }),
  output: z.object({
    valid: z.boolean().describe('The compiler would accept the program'),
    target: targetResult,
    diagnostics: z.array(diagnosticField).describe('In source order, at most 200'),
    omitted: z.number().int().describe('Diagnostics beyond those listed'),
    safety: safetyField,
    estimate: estimateField,
    requires: z
      .object({
        bpftrace: z.string().describe('The oldest version that has what the program names'),
        kernel: z.string().nullable().describe('The oldest Linux version, where known'),
        config: z.array(z.string()).describe('Kernel options it relies on'),
        privileges: z.array(z.string()).describe('What whoever runs it must have'),
      })
      .describe('What running it needs'),
    compiler: z
      .object({
        asked: z.boolean().describe('Whether the installed compiler was asked'),
        version: z.string().optional().describe('Its version'),
        accepted: z.boolean().optional().describe('Whether it accepted the program'),
        output: z.string().optional().describe('What it printed'),
        reason: z.string().optional().describe('Why it could not be asked'),
      })
      .optional()
      .describe('The answer of the real compiler, with `confirm`'),
  }),
  async run(context, input, { signal }) {
    const target = await resolveTarget(context, { bpftrace: input.bpftrace_version, kernel: input.kernel })
    const { analysis, assessment, diagnostics } = judgeProgram(input.program, target, {
      unsafe: input.unsafe,
      params: input.params,
      rates: input.rates,
    })
    const { unsafe: _, ...requires } = requirementsOf(analysis.tree, analysis.version)
    const isWrong = diagnostics.some((each) => each.severity === 'error' && each.origin === 'compiler')
    return {
      valid: !isWrong,
      target: target.shown,
      diagnostics: diagnostics.slice(0, 200),
      omitted: Math.max(0, diagnostics.length - 200),
      safety: shownSafety(assessment),
      estimate: shownEstimate(assessment.estimate),
      requires,
      ...(input.confirm
        ? { compiler: await confirmProgram(context.bpftrace, input.program, { ...input, signal }) }
        : {}),
    }
  },
  text(result) {
    const { safety, requires } = result
    const verdict = result.valid ? 'Valid' : 'Not valid'
    const parts = [
      `**${verdict}** for bpftrace ${result.target.bpftrace}; safety: ${safety.verdict}${safety.needs_unsafe ? ', needs --unsafe' : ''}.`,
    ]
    if (result.diagnostics.length > 0) {
      const rows = result.diagnostics
        .slice(0, 30)
        .map((each) => [`${each.line}:${each.column}`, each.severity, cell(each.message), each.code])
      parts.push(table(['Line', 'Severity', 'Message', 'Code'], rows))
      const more = result.diagnostics.length - 30 + result.omitted
      if (more > 0) parts.push(`${more} more.`)
    }
    if (safety.reasons.length > 0) parts.push(safety.reasons.map((reason) => `- ${cell(reason, 300)}`).join('\n'))
    parts.push(estimateText(result.estimate))
    parts.push(
      `Needs bpftrace ≥ ${requires.bpftrace}${requires.kernel === null ? '' : `, Linux ≥ ${requires.kernel}`}.`,
    )
    if (result.compiler !== undefined) parts.push(compilerText(result.compiler))
    return parts.join('\n\n')
  },
})

function compilerText(compiler: {
  asked: boolean
  accepted?: boolean | undefined
  version?: string | undefined
  output?: string | undefined
  reason?: string | undefined
}): string {
  if (!compiler.asked) return `The compiler was not asked: ${compiler.reason ?? ''}`
  const said = compiler.output ? `: ${code(compiler.output, 500)}` : ''
  return `bpftrace ${compiler.version ?? ''} ${compiler.accepted ? 'accepts it' : 'refuses it'}${said}`
}
