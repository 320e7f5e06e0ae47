/**
 * A program as pieces of text with what each is, for places that show a program but are no editor. It joins what the
 * lexer tells (comments, strings, numbers) with what only the names tell (`semantic-tokens.ts`).
 */
import { keywords } from './catalog/index.ts'
import type { ProgramContext } from './program-context.ts'
import { semanticTokens, type TokenType } from './semantic-tokens.ts'
import type { Token } from './syntax/tree.ts'

export const pieceKinds = ['plain', 'comment', 'string', 'number', 'keyword', 'probe', 'function', 'variable'] as const
export type PieceKind = (typeof pieceKinds)[number]

/** Pieces join to the program; neighbours are of different kinds. */
export interface Piece {
  readonly text: string
  readonly kind: PieceKind
}

const ofNames: Readonly<Record<TokenType, PieceKind>> = {
  variable: 'variable',
  parameter: 'variable',
  property: 'plain',
  function: 'function',
  macro: 'function',
  type: 'keyword',
  enumMember: 'number',
  event: 'probe',
}

const words = new Set(keywords.map(({ name }) => name))

export function highlight(context: ProgramContext): readonly Piece[] {
  const { source, tokens } = context.tree
  const named = new Map(semanticTokens(context).map(({ span, type }) => [span.start, ofNames[type]]))
  const pieces: Piece[] = []
  const add = (text: string, kind: PieceKind) => {
    const last = pieces.at(-1)
    if (text === '') return
    if (last?.kind === kind) pieces[pieces.length - 1] = { text: last.text + text, kind }
    else pieces.push({ text, kind })
  }
  let end = 0
  for (const token of tokens) {
    add(source.slice(end, token.start), 'plain')
    const text = source.slice(token.start, token.end)
    // Blanks have no look of their own.
    add(
      text,
      token.kind === 'blank'
        ? (pieces.at(-1)?.kind ?? 'plain')
        : (lexical(token, text) ?? named.get(token.start) ?? 'plain'),
    )
    end = token.end
  }
  add(source.slice(end), 'plain')
  return pieces
}

function lexical({ kind }: Token, text: string): PieceKind | undefined {
  switch (kind) {
    case 'lineComment':
    case 'blockComment':
    case 'shebang':
    case 'preprocessor':
      return 'comment'
    case 'string':
      return 'string'
    case 'integer':
      return 'number'
    case 'attachPoint':
      return 'probe'
    case 'map':
    case 'variable':
    case 'parameter':
      return 'variable'
    case 'identifier':
      return words.has(text) ? 'keyword' : undefined
    default:
      return undefined
  }
}
