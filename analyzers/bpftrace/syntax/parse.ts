/** The entry of the front end: text in, lossless tree out. Never throws, whatever the text. */
import type { Diagnostic } from '../diagnostic.ts'
import { Cursor } from './cursor.ts'
import { syntaxFixes } from './fixes.ts'
import { parseProgram } from './program.ts'
import type { SyntaxFinding, SyntaxTree } from './tree.ts'

export function parse(source: string): SyntaxTree {
  const cursor = new Cursor(source)
  const program = parseProgram(cursor)
  noteOpenComment(cursor)
  const { tokens, findings } = cursor
  const text = { source, tokens }
  return {
    source,
    tokens,
    program,
    findings,
    errors: findings.filter((finding) => finding.construct === undefined).map((finding) => toDiagnostic(finding, text)),
  }
}

/** Only the generated parsers mind a comment that never ends. */
function noteOpenComment(p: Cursor): void {
  const last = p.tokens.at(-1)
  if (last?.kind === 'blockComment' && (last.end - last.start < 4 || !p.source.endsWith('*/'))) {
    p.note('comment_open', { start: p.source.length, end: p.source.length })
  }
}

export function toDiagnostic(finding: SyntaxFinding, text: Pick<SyntaxTree, 'source' | 'tokens'>): Diagnostic {
  const { span, message } = finding
  return {
    severity: 'error',
    code: 'syntax',
    message: `Syntax: ${message}`,
    origin: 'compiler',
    span,
    related: [],
    fixes: syntaxFixes(finding, text),
  }
}
