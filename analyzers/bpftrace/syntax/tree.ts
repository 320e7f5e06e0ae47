/**
 * The result of parsing: the source, every token with its trivia, the tree, and what is wrong or version-bound about
 * the text. A tree belongs to no version; `syntaxDiagnostics` (versions.ts) judges it for one.
 */
import type { Diagnostic, Span } from '../diagnostic.ts'
import type { Node, Program } from './ast.ts'
import type { ConstructId } from './constructs.ts'

export interface SyntaxTree {
  readonly source: string
  /** Lossless: joining the texts of all tokens, trivia included, gives the source. */
  readonly tokens: readonly Token[]
  readonly program: Program
  /** Syntax errors in every version, first found first. */
  readonly errors: readonly Diagnostic[]
  /** All that some version calls a syntax error, in the order found; `errors` are those without a construct. */
  readonly findings: readonly SyntaxFinding[]
}

/** Something that is a syntax error in every version, or in those whose grammar lacks a construct. */
export interface SyntaxFinding {
  readonly span: Span
  readonly message: string
  /** Absent: an error in every version. */
  readonly construct?: ConstructId
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
