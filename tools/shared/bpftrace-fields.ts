/** Schema fields that tools over bpftrace programs share: the target of a judgement, and diagnostics. */
import { z } from 'zod'

/** Spread into a strict object beside `program`. */
export const targetFields = {
  bpftrace_version: z
    .string()
    .max(40)
    .optional()
    .describe('Target version, X.Y or X.Y.Z; default: the installed one, else the newest'),
  kernel: z.string().max(100).default('none').describe('`live`, a version, or `none` for the bundled snapshot'),
  unsafe: z.boolean().default(false).describe('As if run with --unsafe'),
  params: z.array(z.string()).max(100).default([]).describe('Positional parameters, $1 first'),
}

export const targetResult = z
  .object({
    bpftrace: z.string().describe('The version the program was judged for'),
    kernel: z.string().describe('The kernel whose facts were used'),
    why: z.string().describe('Why these'),
  })
  .describe('What the program was judged for')

const place = {
  line: z.number().int().describe('1-based'),
  column: z.number().int().describe('1-based, in UTF-16 units'),
  endLine: z.number().int().describe('1-based'),
  endColumn: z.number().int().describe('1-based, exclusive'),
}

export const editField = z.object({ ...place, newText: z.string().describe('What replaces the range') })

export const diagnosticField = z.object({
  severity: z.enum(['error', 'warning', 'info', 'hint']).describe('How bad it is'),
  code: z.string().describe('Stable name; every syntax error is `syntax`'),
  message: z.string().describe('What is wrong'),
  origin: z.enum(['compiler', 'rule']).describe('`compiler`: bpftrace reports this too'),
  ...place,
  related: z.array(z.object({ ...place, message: z.string().describe('What is there') })).describe('Other places'),
  fixes: z
    .array(z.object({ title: z.string().describe('What it does'), edits: z.array(editField).describe('The change') }))
    .describe('Best first'),
})
