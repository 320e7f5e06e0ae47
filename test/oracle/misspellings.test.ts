/**
 * Misspelt programs through the command line, as anybody else would measure them: for both compilers' versions, with the
 * bundled kernel and with this machine's, the first fix applied as it is printed gives the program back.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { requireVersion } from '../../analyzers/bpftrace/version.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'
import { mended, misspeltPrograms, type Said, shares } from '../unit/misspellings/measure.ts'

const SEED = 4_200
const root = join(import.meta.dirname, '..', '..')

const place = z.object({ line: z.number(), column: z.number(), endLine: z.number(), endColumn: z.number() })
const answer = z.object({
  id: z.number(),
  diagnostics: z.array(
    place.extend({
      severity: z.enum(['error', 'warning', 'info', 'hint']),
      fixes: z.array(z.object({ edits: z.array(place.extend({ newText: z.string() })) })),
    }),
  ),
})

test.each([
  ['0.27.1', 'none'],
  ['0.27.1', 'live'],
  ['0.17.0', 'none'],
  ['0.17.0', 'live'],
])('bpftrace %s, kernel %s', async (version, kernel) => {
  const facts = await createKernelFacts({ source: kernel === 'none' ? 'snapshot' : kernel })
  const misspelt = misspeltPrograms(requireVersion(version), facts, SEED, 5)
  const lines = misspelt.map(({ program }, id) => JSON.stringify({ id, program })).join('\n')
  const command = ['cli/main.ts', 'check', '--batch', '--bpftrace', version, '--kernel', kernel]
  const printed = execFileSync(process.execPath, command, {
    cwd: root,
    input: lines,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const answers = printed
    .trim()
    .split('\n')
    .map((line) => answer.parse(JSON.parse(line)))
  const outcomes = misspelt.map((each, id) => ({ ...each, mended: mended(each, said(each.program, answers[id])) }))
  const wrong = outcomes
    .filter((each) => each.mended !== each.original)
    .map(({ kind, program }) => `${kind}: ${program}`)
  expect(answers.length).toBe(misspelt.length)
  expect(shares(outcomes).get('all'), wrong.join('\n')).toBeGreaterThanOrEqual(0.95)
})

/** The same with offsets for lines and columns. */
function said(program: string, found: z.infer<typeof answer> | undefined): readonly Said[] {
  const starts = [0, ...[...program.matchAll(/\n/g)].map((match) => match.index + 1)]
  const span = ({ line, column, endLine, endColumn }: z.infer<typeof place>) => ({
    start: (starts[line - 1] ?? 0) + column - 1,
    end: (starts[endLine - 1] ?? 0) + endColumn - 1,
  })
  return (found?.diagnostics ?? []).map((each) => ({
    severity: each.severity,
    span: span(each),
    fixes: each.fixes.map(({ edits }) => ({
      edits: edits.map((edit) => ({ span: span(edit), newText: edit.newText })),
    })),
  }))
}
