/**
 * Which of our findings of a program is the one that a message of bpftrace speaks of: at the same place, or in the same
 * words. It knows no category and no text of its own.
 */

import type { PlacedDiagnostic } from '../../analyzers/bpftrace/placed-diagnostic.ts'
import type { ExplainedError } from '../../analyzers/trace/errors/explain-stderr.ts'

export function matchingDiagnostic(
  error: ExplainedError,
  found: readonly PlacedDiagnostic[],
): PlacedDiagnostic | undefined {
  const candidates = found.filter((each) =>
    error.line === undefined ? each.code === 'probe-unknown' : isOnLine(error, each),
  )
  const [best] = candidates
    .map((each) => ({ each, score: commonWords(error.message, each.message) + Number(isAtColumns(error, each)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  return best?.each
}

const isOnLine = (error: ExplainedError, { line, severity, origin, code }: PlacedDiagnostic) =>
  line === error.line && ((origin === 'compiler' && severity === error.severity) || code === 'probe-unknown')

function isAtColumns({ columns, line }: ExplainedError, found: PlacedDiagnostic): boolean {
  if (columns === undefined || found.code === 'probe-unknown') return false
  const end = found.endLine === line ? found.endColumn : Number.POSITIVE_INFINITY
  return columns.first < end && found.column <= columns.last
}

/** Words that every message may have tell nothing. */
const COMMON = new Set([
  'the',
  'not',
  'for',
  'with',
  'type',
  'this',
  'that',
  'and',
  'has',
  'can',
  'error',
  'probe',
  'of',
])

function commonWords(left: string, right: string): number {
  const wordsOf = (text: string) =>
    new Set((text.toLowerCase().match(/[\w.]{2,}/g) ?? []).filter((word) => !COMMON.has(word)))
  const known = wordsOf(right)
  return [...wordsOf(left)].filter((word) => known.has(word)).length
}
