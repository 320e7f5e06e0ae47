/** The entry of the front end: text in, lossless tree out. Never throws, whatever the text. */
import type { Diagnostic } from '../diagnostic.ts'
import type { Program } from './ast.ts'
import { Cursor } from './cursor.ts'
import { syntaxFixes } from './fixes.ts'
import { type Items, parseProgram } from './program.ts'
import type { SyntaxFinding, SyntaxTree, Token } from './tree.ts'

export function parse(source: string): SyntaxTree {
  const cursor = new Cursor(source)
  const { program, findingsBefore } = parseProgram(cursor)
  return finishTree(cursor, program, findingsBefore)
}

/** What reading a changed text starts from, beside the tree itself. */
export interface Remains {
  readonly tokens: Token[]
  readonly findingsBefore: Items['findingsBefore']
}

const remains = new WeakMap<SyntaxTree, Remains>()
export const remainsOf = (tree: SyntaxTree): Remains | undefined => remains.get(tree)

export function finishTree(cursor: Cursor, program: Program, findingsBefore: Items['findingsBefore']): SyntaxTree {
  noteOpenComment(cursor)
  const { source, tokens, findings } = cursor
  const tree: SyntaxTree = {
    source,
    tokens,
    program,
    findings,
    errors: findings
      .filter((finding) => finding.construct === undefined)
      .map((finding) => toDiagnostic(finding, { source, tokens })),
  }
  remains.set(tree, { tokens, findingsBefore })
  return tree
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
