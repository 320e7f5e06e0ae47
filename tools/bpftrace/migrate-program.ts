/** `bpftrace.migrate_program`: rewrites a program for another version of bpftrace and says what changes in meaning. */
import { z } from 'zod'
import { migrate } from '../../analyzers/bpftrace/migrate/migrate.ts'
import { formatVersion, requireVersion } from '../../analyzers/bpftrace/version.ts'
import { editField, targetFields, targetResult } from '../shared/bpftrace-fields.ts'
import { judgeProgram, resolveTarget } from '../shared/judge-program.ts'
import { fence } from '../shared/markdown.ts'
import { editsBetween, unifiedDiff } from '../shared/program-edits.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'bpftrace.migrate_program',
  title: 'Migrate a bpftrace program',
  description:
    'Rewrites a program for a version of bpftrace, newer or older. Notes say what was rewritten, what changes in meaning (with `from`), and what is not valid there.',
  kind: 'read',
  toolset: 'bpftrace',
  input: z.strictObject({
    program: z.string().max(1_000_000).describe('Program text'),
    ...targetFields,
    from: z.string().max(40).optional().describe('The version it was written for, X.Y or X.Y.Z'),
  }),
  output: z.object({
    program: z.string().describe('The rewritten program'),
    changed: z.boolean().describe('Whether the text changed'),
    edits: z.array(editField).describe('The changed lines of the given program'),
    diff: z.string().describe('The same as a unified diff'),
    notes: z.array(z.string()).describe('What was rewritten and what changes in meaning'),
    valid: z.boolean().describe('The target version would accept the result'),
    target: targetResult,
  }),
  async run(context, input) {
    const target = await resolveTarget(context, { bpftrace: input.bpftrace_version, kernel: input.kernel })
    const from = input.from === undefined ? undefined : requireVersion(input.from)
    const { program, notes } = migrate(input.program, { to: target.version, from, kernel: target.kernel })
    const { diagnostics } = judgeProgram(program, target, { unsafe: true, params: input.params })
    const errors = diagnostics.filter((each) => each.severity === 'error')
    const open = errors
      .slice(0, 10)
      .map(({ line, message }) => `Line ${line} is not valid in ${formatVersion(target.version)}: ${message}`)
    return {
      program,
      changed: program !== input.program,
      edits: editsBetween(input.program, program),
      diff: unifiedDiff(input.program, program),
      notes: [...notes, ...open],
      valid: errors.length === 0,
      target: target.shown,
    }
  },
  text(result) {
    const state = result.valid ? 'It is valid there.' : 'It is not valid there yet.'
    return [
      `${result.changed ? 'Rewritten' : 'Unchanged'} for bpftrace ${result.target.bpftrace}. ${state}`,
      ...(result.changed ? [fence(result.diff, 'diff')] : []),
      ...(result.notes.length > 0 ? [result.notes.map((note) => `- ${note}`).join('\n')] : []),
    ].join('\n\n')
  },
})
