/**
 * Diagnostics as programs outside read them: offsets become lines and columns, 1-based, the end exclusive, columns in
 * UTF-16 units. The one place that converts; the language server has its protocol's own.
 */
import { partitionPoint } from '../shared/partition-point.ts'
import type { Diagnostic, Severity, Span } from './diagnostic.ts'

export interface Place {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

export interface PlacedEdit extends Place {
  readonly newText: string
}

export interface PlacedDiagnostic extends Place {
  readonly severity: Severity
  readonly code: string
  readonly message: string
  readonly origin: 'compiler' | 'rule'
  readonly related: readonly (Place & { readonly message: string })[]
  readonly fixes: readonly { readonly title: string; readonly edits: readonly PlacedEdit[] }[]
}

/** Turns spans of one text into places. Lines end with a line feed, as the compiler counts them. */
export type Placer = (span: Span) => Place

export function placerFor(source: string): Placer {
  const starts = [0]
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1)
  const locate = (offset: number) => {
    const within = Math.max(0, Math.min(offset, source.length))
    const line = partitionPoint(starts.length, (index) => (starts[index] ?? 0) <= within)
    return { line, column: within - (starts[line - 1] ?? 0) + 1 }
  }
  return ({ start, end }) => {
    const from = locate(start)
    const to = locate(Math.max(start, end))
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
  }
}

export function placeDiagnostic(diagnostic: Diagnostic, place: Placer): PlacedDiagnostic {
  return {
    severity: diagnostic.severity,
    code: diagnostic.code,
    message: diagnostic.message,
    origin: diagnostic.origin,
    ...place(diagnostic.span),
    related: diagnostic.related.map((related) => ({ ...place(related.span), message: related.message })),
    fixes: diagnostic.fixes.map((fix) => ({
      title: fix.title,
      edits: fix.edits.map((edit) => ({ ...place(edit.span), newText: edit.newText })),
    })),
  }
}
