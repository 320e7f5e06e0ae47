/**
 * The result of parsing: the source, every token with its trivia, the tree, and what is wrong or version-bound about
 * the text. A tree belongs to no version; `syntaxDiagnostics` (versions.ts) judges it for one.
 */
import type { Diagnostic } from '../diagnostic.ts'
import type { Node, Program } from './ast.ts'

export interface SyntaxTree {
  readonly source: string
  /** Lossless: joining the texts of all tokens, trivia included, gives the source. */
  readonly tokens: readonly Token[]
  readonly program: Program
  /** Syntax errors in every version, first found first. */
  readonly errors: readonly Diagnostic[]
}

export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
}

export type TokenKind =
  | 'blank'
  | 'lineComment'
  | 'blockComment'
  | 'shebang'
  | 'preprocessor'
  | 'cDefinition'
  | 'attachPoint'
  | 'identifier'
  | 'variable'
  | 'map'
  | 'parameter'
  | 'integer'
  | 'string'
  | 'operator'
  | 'punctuation'
  | 'unknown'

export function isTrivia(token: Token): boolean {
  switch (token.kind) {
    case 'blank':
    case 'lineComment':
    case 'blockComment':
    case 'shebang':
      return true
    default:
      return false
  }
}

export function textOf(tree: SyntaxTree, place: Token | Node): string {
  return 'span' in place
    ? tree.source.slice(place.span.start, place.span.end)
    : tree.source.slice(place.start, place.end)
}
