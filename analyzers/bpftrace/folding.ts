/** What can be folded away: blocks, C definitions, comments, the includes at the top, and marked regions. */
import type { Span } from './diagnostic.ts'
import type { SyntaxTree, Token } from './syntax/tree.ts'
import { walk } from './syntax/visit.ts'

export interface Fold {
  /** From the line that stays to the last line that goes. */
  readonly span: Span
  readonly kind?: 'comment' | 'imports' | 'region'
}

export function folds(tree: SyntaxTree): readonly Fold[] {
  return [...blockFolds(tree), ...commentFolds(tree), ...includeFolds(tree), ...regionFolds(tree)].filter(({ span }) =>
    tree.source.slice(span.start, span.end).includes('\n'),
  )
}

/** The line of the closing brace stays visible. */
function blockFolds(tree: SyntaxTree): Fold[] {
  const found: Fold[] = []
  walk(tree.program, ({ kind, span }) => {
    if (kind !== 'Block' && kind !== 'CDefinition' && kind !== 'Config') return
    const end = tree.source.lastIndexOf('}', span.end - 1)
    const lineEnd = tree.source.lastIndexOf('\n', end)
    if (end > span.start && lineEnd > span.start) found.push({ span: { start: span.start, end: lineEnd } })
  })
  return found
}

/** A block comment, or line comments on consecutive lines of their own. */
function commentFolds(tree: SyntaxTree): Fold[] {
  const found: Fold[] = []
  let run: Token[] = []
  const close = () => {
    const [first] = run
    const last = run.at(-1)
    if (first && last && first !== last) found.push({ span: { start: first.start, end: last.end }, kind: 'comment' })
    run = []
  }
  for (const token of tree.tokens) {
    if (token.kind === 'blockComment') found.push({ span: { start: token.start, end: token.end }, kind: 'comment' })
    if (token.kind === 'lineComment' && startsLine(tree.source, token.start) && !isRegionMark(tree, token)) {
      run.push(token)
    } else if (token.kind !== 'blank' || lineBreaks(tree, token) > 1) {
      close()
    }
  }
  close()
  return found
}

function startsLine(source: string, offset: number): boolean {
  return source.slice(source.lastIndexOf('\n', offset - 1) + 1, offset).trim() === ''
}

function lineBreaks(tree: SyntaxTree, token: Token): number {
  return tree.source.slice(token.start, token.end).split('\n').length - 1
}

function includeFolds(tree: SyntaxTree): Fold[] {
  const found: Fold[] = []
  let start: number | undefined
  let end = 0
  const close = () => {
    if (start !== undefined) found.push({ span: { start, end }, kind: 'imports' })
    start = undefined
  }
  for (const item of tree.program.items) {
    const takesIn = item.kind === 'Import' || (item.kind === 'Preprocessor' && item.directive === 'include')
    if (!takesIn) {
      close()
      continue
    }
    start ??= item.span.start
    end = item.span.end
  }
  close()
  return found
}

function isRegionMark(tree: SyntaxTree, token: Token): boolean {
  return /^\/\/\s*#?(?:end)?region\b/.test(tree.source.slice(token.start, token.end))
}

function regionFolds(tree: SyntaxTree): Fold[] {
  const found: Fold[] = []
  const open: number[] = []
  for (const token of tree.tokens) {
    if (token.kind !== 'lineComment' || !isRegionMark(tree, token)) continue
    if (/^\/\/\s*#?region\b/.test(tree.source.slice(token.start, token.end))) {
      open.push(token.start)
    } else {
      const start = open.pop()
      if (start !== undefined) found.push({ span: { start, end: token.end }, kind: 'region' })
    }
  }
  return found
}
