/** `bpftrace.fix_program`: applies the fixes of what the checker finds and shows what changed. */
import { z } from 'zod'
import { fixAll } from '../../analyzers/bpftrace/fix-all.ts'
import { DEFAULT_CPUS } from '../../analyzers/bpftrace/inspect.ts'
import { placeDiagnostic, placerFor } from '../../analyzers/bpftrace/placed-diagnostic.ts'
import { diagnosticField, editField, targetFields, targetResult } from '../shared/bpftrace-fields.ts'
import { resolveTarget } from '../shared/judge-program.ts'
import { fence } from '../shared/markdown.ts'
import { editsBetween, unifiedDiff } from '../shared/program-edits.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'bpftrace.fix_program',
  title: 'Fix a bpftrace program',
  description:
    'Applies the fixes of what the checker finds until none is left. Returns the new program, a diff and what remains; it never writes a file.',
  kind: 'read',
  toolset: 'bpftrace',
  input: z.strictObject({
    program: z.string().max(1_000_000).describe('Program text'),
    ...targetFields,
    guesses: z.boolean().default(true).describe('Also the best fix of each error, which may change the meaning'),
    codes: z.array(z.string()).max(200).optional().describe('Only findings of these codes'),
  }),
  output: z.object({
    program: z.string().describe('The program with the fixes'),
    changed: z.boolean().describe('Whether anything was fixed'),
    edits: z.array(editField).describe('The changed lines of the given program'),
    diff: z.string().describe('The same as a unified diff'),
    notes: z.array(z.string()).describe('What was done; the same in several places once, with their number'),
    remaining: z.array(diagnosticField).describe('Errors and warnings that are left, at most 100'),
    target: targetResult,
  }),
  async run(context, input) {
    const target = await resolveTarget(context, { bpftrace: input.bpftrace_version, kernel: input.kernel })
    const fixed = fixAll(input.program, {
      bpftrace: target.version,
      kernel: target.kernel,
      unsafe: input.unsafe,
      params: input.params,
      cpus: DEFAULT_CPUS,
      guesses: input.guesses,
      codes: input.codes,
    })
    const place = placerFor(fixed.program)
    return {
      program: fixed.program,
      changed: fixed.program !== input.program,
      edits: editsBetween(input.program, fixed.program),
      diff: unifiedDiff(input.program, fixed.program),
      notes: counted(fixed.applied.map(({ code, title }) => `${title} (${code})`)),
      remaining: fixed.remaining
        .filter((each) => each.severity === 'error' || each.severity === 'warning')
        .slice(0, 100)
        .map((each) => placeDiagnostic(each, place)),
      target: target.shown,
    }
  },
  text(result) {
    const left = result.remaining.map((each) => `- ${each.line}:${each.column} ${each.severity}: ${each.message}`)
    return [
      result.changed ? `Fixed:\n${result.notes.map((note) => `- ${note}`).join('\n')}` : nothingDone(result.remaining),
      ...(result.changed ? [fence(result.diff, 'diff')] : []),
      ...(left.length > 0 ? [`Left:\n${left.slice(0, 20).join('\n')}`] : []),
    ].join('\n\n')
  },
})

function counted(notes: readonly string[]): string[] {
  const times = new Map<string, number>()
  for (const note of notes) times.set(note, (times.get(note) ?? 0) + 1)
  return [...times].map(([note, count]) => (count === 1 ? note : `${note}, ${count} times`))
}

/** What a person has to mend is no less of a fault. */
const nothingDone = (remaining: readonly unknown[]) =>
  remaining.length === 0 ? 'Nothing to fix.' : 'Nothing was changed: no fix is known for what is left.'
