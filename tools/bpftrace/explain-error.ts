/** `bpftrace.explain_error`: the output of a failed bpftrace as causes, places and next steps. */
import { z } from 'zod'
import { diagnostics } from '../../analyzers/bpftrace/diagnostics/index.ts'
import type { PlacedDiagnostic } from '../../analyzers/bpftrace/placed-diagnostic.ts'
import { formatVersion, newestVersion } from '../../analyzers/bpftrace/version.ts'
import { explainStderr } from '../../analyzers/trace/errors/explain-stderr.ts'
import { errorCategories } from '../../analyzers/trace/errors/known-error.ts'
import { diagnosticField, targetFields } from '../shared/bpftrace-fields.ts'
import { judgeProgram, resolveTarget } from '../shared/judge-program.ts'
import { cell, table } from '../shared/markdown.ts'
import { matchingDiagnostic } from '../shared/match-error.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'bpftrace.explain_error',
  title: 'Explain an error of bpftrace',
  description:
    'Turns what bpftrace printed on standard error into structured errors with cause, place, next step and, given the program, fixes. Use it whenever a run or a compilation failed.',
  kind: 'read',
  toolset: 'bpftrace',
  input: z.strictObject({
    stderr: z.string().max(1_000_000).describe('What bpftrace printed, whole or in part'),
    program: z.string().max(1_000_000).optional().describe('The program, for places and fixes'),
    ...targetFields,
  }),
  output: z.object({
    errors: z
      .array(
        z.object({
          category: z.enum(errorCategories).describe('What kind of failure it is'),
          severity: z.enum(['error', 'warning']).describe('Whether the run ends by it'),
          message: z.string().describe('What was printed, without the place'),
          line: z.number().int().optional().describe('1-based line of the program'),
          column: z.number().int().optional().describe('1-based'),
          code: z.string().optional().describe('Our diagnostic of the same place, as in `bpftrace.validate_program`'),
          cause: z.string().describe('Why it happens'),
          next_step: z.string().describe('What to do'),
          harmless: z.boolean().describe('It can be ignored'),
          fixes: diagnosticField.shape.fixes.describe('Changes of the program, best first'),
        }),
      )
      .describe('In the order printed, at most 100'),
  }),
  async run(context, input) {
    const explained = explainStderr(input.stderr)
    const judgements = input.program === undefined ? [] : await diagnose(context, input.program, input)
    return {
      errors: explained.map((error) => {
        const ours = judgements.map((found) => matchingDiagnostic(error, found)).find((found) => found !== undefined)
        return {
          category: error.category,
          severity: error.severity,
          message: error.message,
          ...(error.line === undefined ? {} : { line: error.line }),
          ...(error.columns === undefined ? {} : { column: error.columns.first }),
          ...(ours === undefined ? {} : { code: ours.code }),
          cause: documentation.get(ours?.code ?? '') ?? error.cause,
          next_step: error.nextStep,
          harmless: error.harmless,
          fixes: [...(ours?.fixes ?? [])],
        }
      }),
    }
  },
  text({ errors }) {
    if (errors.length === 0) return 'No error was recognised in this output.'
    const rows = errors.map((each) => [
      each.category,
      each.line === undefined ? '' : String(each.line),
      cell(each.message),
      cell(each.cause),
      cell(each.next_step),
    ])
    return table(['Category', 'Line', 'Message', 'Cause', 'Next step'], rows)
  },
})

/** What each diagnostic means: nearer to the program than the general cause of a compiler's message. */
const documentation: ReadonlyMap<string, string> = new Map(
  Object.values(diagnostics).map(({ code, docs }) => [code, docs]),
)

/** For the version that was named; else for the one that is here, then for the newest: nobody knows which one spoke. */
async function diagnose(
  context: Parameters<typeof resolveTarget>[0],
  program: string,
  input: { bpftrace_version?: string | undefined; kernel: string; unsafe: boolean; params: string[] },
): Promise<readonly (readonly PlacedDiagnostic[])[]> {
  const named = input.bpftrace_version
  const versions = named === undefined ? [undefined, formatVersion(newestVersion)] : [named]
  const judgements: (readonly PlacedDiagnostic[])[] = []
  for (const bpftrace of versions) {
    const target = await resolveTarget(context, { bpftrace, kernel: input.kernel })
    judgements.push(judgeProgram(program, target, { unsafe: input.unsafe, params: input.params }).diagnostics)
  }
  return judgements
}
