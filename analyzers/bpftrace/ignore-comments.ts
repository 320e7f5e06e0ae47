/**
 * `// bt-ignore: code, other-code` on a line of its own says that findings of these codes on the next line are known and
 * meant; behind code it says so of its own line. Errors of the compiler are never ignored.
 */
import type { Diagnostic, TextEdit } from './diagnostic.ts'
import type { SyntaxTree } from './syntax/tree.ts'

const comment = /^\/\/\s*bt-ignore:\s*(.+)$/

/** The diagnostics without those that a comment ignores. */
export function withoutIgnored(tree: SyntaxTree, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const ignored = tree.source.includes('bt-ignore') ? ignoredCodes(tree) : none
  if (ignored.size === 0) return diagnostics
  return diagnostics.filter(({ code, origin, severity, span }) => {
    if (origin === 'compiler' && severity === 'error') return true
    return !ignored.get(lineStart(tree.source, span.start))?.has(code)
  })
}

const none: ReadonlyMap<number, ReadonlySet<string>> = new Map()

/** By the offset at which the line starts. */
function ignoredCodes({ source, tokens }: SyntaxTree): Map<number, Set<string>> {
  const found = new Map<number, Set<string>>()
  for (const token of tokens) {
    if (token.kind !== 'lineComment') continue
    const codes = comment.exec(source.slice(token.start, token.end).trim())?.[1]
    if (!codes) continue
    const start = lineStart(source, token.start)
    const alone = source.slice(start, token.start).trim() === ''
    const line = alone ? source.indexOf('\n', token.end) + 1 : start
    const set = found.get(line) ?? new Set()
    for (const code of codes.split(/[\s,]+/)) set.add(code)
    found.set(line, set)
  }
  return found
}

/** The edit that ignores a diagnostic from now on: a line above its own, indented like it. */
export function ignoreComment(source: string, { code, span }: Diagnostic): TextEdit {
  const start = lineStart(source, span.start)
  const indent = /^[ \t]*/.exec(source.slice(start))?.[0] ?? ''
  const above = source.slice(lineStart(source, Math.max(0, start - 1)), Math.max(0, start - 1))
  // One comment for several codes, where there is one already.
  if (start > 0 && comment.test(above.trim())) {
    return { span: { start: start - 1, end: start - 1 }, newText: `, ${code}` }
  }
  return { span: { start, end: start }, newText: `${indent}// bt-ignore: ${code}\n` }
}

function lineStart(source: string, offset: number): number {
  return source.lastIndexOf('\n', offset - 1) + 1
}
