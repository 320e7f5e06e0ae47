/** C text as tokens: words, numbers, strings and punctuation, comments left out, lines that start with `#` whole. */
import type { Span } from '../diagnostic.ts'

export interface CToken {
  readonly kind: 'word' | 'number' | 'string' | 'character' | 'mark' | 'directive'
  readonly text: string
  readonly span: Span
}

const PIECE =
  /(?<layout>[\s\\]+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<word>[A-Za-z_]\w*)|(?<number>\.?[0-9][\w.]*)|(?<string>"(?:\\.|[^"\\\n])*"?)|(?<character>'(?:\\.|[^'\\\n])*'?)|(?<directive>#(?:\\\r?\n|\/\*[\s\S]*?\*\/|[^\n])*)|(?<mark>\.\.\.|<<|>>|<=|>=|==|!=|&&|\|\||->|[\s\S])/y

/** Tokens of `text`, whose first character lies at `offset` of the program. */
export function cTokens(text: string, offset: number): CToken[] {
  const tokens: CToken[] = []
  let at = 0
  while (at < text.length) {
    PIECE.lastIndex = at
    const match = PIECE.exec(text)
    if (!match) break
    const piece = match[0]
    const span = { start: offset + at, end: offset + at + piece.length }
    const kind = kindOf(match.groups ?? {})
    if (kind === 'directive' && !startsLine(text, at)) tokens.push({ kind: 'mark', text: '#', span })
    else if (kind) tokens.push({ kind, text: piece, span })
    at += kind === 'directive' && !startsLine(text, at) ? 1 : piece.length
  }
  return tokens
}

function kindOf(groups: Record<string, string | undefined>): CToken['kind'] | undefined {
  for (const kind of ['word', 'number', 'string', 'character', 'directive', 'mark'] as const) {
    if (groups[kind] !== undefined) return kind
  }
  return undefined
}

function startsLine(text: string, at: number): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const character = text[before]
    if (character === '\n') return true
    if (character !== ' ' && character !== '\t') return false
  }
  return true
}
