/** Quick fixes of syntax errors: the punctuation that the parser expected, put behind what stands before it. */
import { partitionPoint } from '../../shared/partition-point.ts'
import type { Fix } from '../diagnostic.ts'
import { isTrivia, type SyntaxFinding, type SyntaxTree, type Token, type TokenKind } from './tree.ts'

const EXPECTED = /^expected `([;:,(){}[\]]|\.\.)`/

/** Putting a semicolon between two statements changes nothing else; a bracket may belong somewhere else. */
const SAFE = new Set([';'])

const STARTS_STATEMENT: ReadonlySet<TokenKind> = new Set(['identifier', 'variable', 'map', 'parameter'])

type Text = Pick<SyntaxTree, 'source' | 'tokens'>

export function syntaxFixes({ message, span, construct }: SyntaxFinding, text: Text): readonly Fix[] {
  const missing = EXPECTED.exec(message)?.[1]
  // What another version would take is no slip of the pen.
  if (missing === undefined || construct !== undefined) return []
  const before = codeBefore(text.tokens, span.start)
  if (!canFollow(missing, text, before)) return []
  const at = text.tokens[before]?.end ?? span.start
  return [
    {
      title: `Insert \`${missing}\``,
      edits: [{ span: { start: at, end: at }, newText: missing === '{' ? ' {' : missing }],
      safe: SAFE.has(missing),
    },
  ]
}

/** Whether the reading can go on behind it; otherwise something else is wrong there. */
function canFollow(missing: string, { source, tokens }: Text, before: number): boolean {
  const last = tokens[before]
  // What is put in behind an open quotation mark is part of the text.
  if (last?.kind === 'string' && !isClosed(source.slice(last.start, last.end))) return false
  // A word right behind a text: the quotation mark between them is the one that should have begun it.
  if (last?.kind === 'string' && tokens[before + 1]?.start === last.end && /\w/.test(source[last.end] ?? ''))
    return false
  if (missing !== ';') return true
  let after = before + 1
  while (isLayout(tokens[after])) after++
  const next = tokens[after]
  return next === undefined || STARTS_STATEMENT.has(next.kind) || source.startsWith('}', next.start)
}

function isLayout(token: Token | undefined): boolean {
  return token !== undefined && isTrivia(token)
}

function isClosed(literal: string): boolean {
  return literal.length > 1 && literal.endsWith('"')
}

/** Index of the last token that is code and ends at or before `offset`; -1 for none. */
function codeBefore(tokens: readonly Token[], offset: number): number {
  let index = partitionPoint(tokens.length, (token) => (tokens[token]?.end ?? 0) <= offset) - 1
  while (index >= 0 && isLayout(tokens[index])) index--
  return index
}
