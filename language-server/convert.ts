/**
 * Between the analyzers' offsets and the protocol's positions: the only file that makes a `Position`. Both count
 * UTF-16 units, so a line start is all that is needed.
 */
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Location,
  type Position,
  type Diagnostic as ProtocolDiagnostic,
  type TextEdit as ProtocolTextEdit,
  type Range,
} from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Diagnostic, Span, TextEdit } from '../analyzers/bpftrace/diagnostic.ts'
import { diagnosticPage } from './diagnostic-pages.ts'

export function toRange(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) }
}

export function toPosition(document: TextDocument, offset: number): Position {
  return document.positionAt(offset)
}

export function toOffset(document: TextDocument, position: Position): number {
  return document.offsetAt(position)
}

export function toSpan(document: TextDocument, range: Range): Span {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }
}

export function toLocation(document: TextDocument, span: Span): Location {
  return { uri: document.uri, range: toRange(document, span) }
}

export function toTextEdit(document: TextDocument, { span, newText }: TextEdit): ProtocolTextEdit {
  return { range: toRange(document, span), newText }
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const

const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const

export function toDiagnostic(document: TextDocument, diagnostic: Diagnostic): ProtocolDiagnostic {
  const { code, message, severity, span, related } = diagnostic
  const page = diagnosticPage(code)
  return {
    range: toRange(document, span),
    severity: severities[severity],
    code,
    ...(page && { codeDescription: { href: page } }),
    source: 'bpftrace',
    message,
    ...(diagnostic.tags && { tags: diagnostic.tags.map((tag) => tags[tag]) }),
    ...(related.length > 0 && {
      relatedInformation: related.map((place) => ({
        location: toLocation(document, place.span),
        message: place.message,
      })),
    }),
  }
}
