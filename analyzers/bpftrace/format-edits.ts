/**
 * The formatter's result as small edits: one for each stretch of blanks that changes, so that cursors stay where they
 * are and a part of a program can be formatted alone.
 */
import type { Span, TextEdit } from './diagnostic.ts'
import { format } from './format.ts'
import { parse } from './syntax/parse.ts'
import type { SyntaxTree, Token } from './syntax/tree.ts'
import { walk } from './syntax/visit.ts'

/** @throws UserError when the program has syntax errors. */
export function formatEdits(tree: SyntaxTree): readonly TextEdit[] {
  const { text, changed } = format(tree.source)
  return changed ? blankEdits(tree, parse(text)) : []
}

/**
 * What the formatter would change on the lines of a span.
 * @throws UserError when the program has syntax errors.
 */
export function formatRangeEdits(tree: SyntaxTree, { start, end }: Span): readonly TextEdit[] {
  const { source } = tree
  const first = source.lastIndexOf('\n', start - 1) + 1
  const lineEnd = source.indexOf('\n', end)
  const last = lineEnd < 0 ? source.length : lineEnd
  // A line break belongs to the line that it ends, so the one before the first line stays.
  return formatEdits(tree).filter(({ span }) => first <= span.start && span.end <= last)
}

/**
 * After a `}` the block that it closes, after a `;` its line. Nothing while the program has syntax errors elsewhere:
 * who types is not asked.
 */
export function formatOnTypeEdits(tree: SyntaxTree, offset: number): readonly TextEdit[] {
  if (tree.errors.length > 0) return []
  if (tree.source[offset - 1] !== '}') return formatRangeEdits(tree, { start: offset, end: offset })
  let block: Span | undefined
  walk(tree.program, ({ kind, span }) => {
    if ((kind === 'Block' || kind === 'Probe' || kind === 'Macro') && span.end === offset) block ??= span
    return span.start < offset && offset <= span.end
  })
  return block ? formatRangeEdits(tree, { start: block.start, end: offset }) : []
}

/** Both trees have the same tokens and comments in the same order: the formatter sees to that. */
function blankEdits(before: SyntaxTree, after: SyntaxTree): TextEdit[] {
  const old = before.tokens.filter(({ kind }) => kind !== 'blank')
  const fresh = after.tokens.filter(({ kind }) => kind !== 'blank')
  const edits: TextEdit[] = []
  const add = (span: Span, newText: string) => {
    if (before.source.slice(span.start, span.end) !== newText) edits.push({ span, newText })
  }
  let oldEnd = 0
  let freshEnd = 0
  old.forEach((token, index) => {
    const target: Token | undefined = fresh[index]
    if (!target) return
    const oldIndent = indentStart(before.source, oldEnd, token.start)
    const freshIndent = indentStart(after.source, freshEnd, target.start)
    // The indentation belongs to its own line, the line breaks before it to the line above.
    if (oldIndent !== undefined && freshIndent !== undefined) {
      add({ start: oldEnd, end: oldIndent }, after.source.slice(freshEnd, freshIndent))
      add({ start: oldIndent, end: token.start }, after.source.slice(freshIndent, target.start))
    } else {
      add({ start: oldEnd, end: token.start }, after.source.slice(freshEnd, target.start))
    }
    add({ start: token.start, end: token.end }, after.source.slice(target.start, target.end))
    oldEnd = token.end
    freshEnd = target.end
  })
  add({ start: oldEnd, end: before.source.length }, after.source.slice(freshEnd))
  return edits
}

/** Behind the last line break of a stretch of blanks. */
function indentStart(source: string, start: number, end: number): number | undefined {
  const lineBreak = source.slice(start, end).lastIndexOf('\n')
  return lineBreak < 0 ? undefined : start + lineBreak + 1
}
