/** `bpftrace.format_program`: the formatter. */
import { z } from 'zod'
import { format, formattingEdits } from '../../analyzers/bpftrace/format.ts'
import { placerFor } from '../../analyzers/bpftrace/placed-diagnostic.ts'
import { requireVersion } from '../../analyzers/bpftrace/version.ts'
import { editField } from '../shared/bpftrace-fields.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'bpftrace.format_program',
  title: 'Format a bpftrace program',
  description:
    'Lays out a program in the common style without changing a token or a comment; refuses one with a syntax error.',
  kind: 'read',
  toolset: 'bpftrace',
  input: z.strictObject({
    program: z.string().max(1_000_000).describe('Program text'),
    bpftrace_version: z
      .string()
      .max(40)
      .optional()
      .describe('Taken as by the other tools; the style is the same for every version'),
  }),
  output: z.object({
    program: z.string().describe('The formatted program'),
    changed: z.boolean().describe('Whether it differs from what was given'),
    edits: z.array(editField).describe('From the given text to the formatted one; places in the given text'),
    notes: z.array(z.string()).describe('What the reader should know'),
  }),
  async run(_context, { program, bpftrace_version: version }) {
    if (version !== undefined) requireVersion(version)
    const { text, changed } = format(program)
    const place = placerFor(program)
    const edits = formattingEdits(program, text).map(({ span, newText }) => ({ ...place(span), newText }))
    return { program: text, changed, edits, notes: changed ? [] : ['The program was formatted already.'] }
  },
  text(result) {
    const longestFence = Math.max(2, ...[...result.program.matchAll(/`+/g)].map(([ticks]) => ticks.length))
    const fence = '`'.repeat(longestFence + 1)
    const head = result.notes.length > 0 ? `${result.notes.join(' ')}\n\n` : ''
    return `${head}${fence}bpftrace\n${result.program}${fence}`
  },
})
