/**
 * Comments that silence: `// bt-ignore: code, code` for the line they stand on, or for the next one when they stand
 * alone. Errors cannot be silenced: the compiler would not be, either.
 */
import type { Diagnostic } from '../diagnostic.ts'
import type { SyntaxTree } from '../syntax/tree.ts'

interface Ignored {
  readonly start: number
  readonly end: number
  readonly codes: ReadonlySet<string>
}

export function withoutIgnored(tree: SyntaxTree, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (!tree.source.includes('bt-ignore')) return diagnostics
  const ignored = tree.tokens.flatMap((token) => {
    if (token.kind !== 'lineComment') return []
    const match = /^\/\/\s*bt-ignore:?\s*([\w-]+(?:\s*,\s*[\w-]+)*)/.exec(tree.source.slice(token.start, token.end))
    if (!match) return []
    return [{ ...linesOf(tree.source, token.start), codes: new Set(match[1]?.split(/\s*,\s*/)) } satisfies Ignored]
  })
  return diagnostics.filter(
    ({ severity, code, span }) =>
      severity === 'error' ||
      !ignored.some(({ start, end, codes }) => codes.has(code) && span.start >= start && span.start < end),
  )
}

/** The comment's own line, and the next when nothing stands before the comment. */
function linesOf(source: string, at: number): { readonly start: number; readonly end: number } {
  const start = source.lastIndexOf('\n', at - 1) + 1
  const own = lineEnd(source, at)
  const alone = source.slice(start, at).trim() === ''
  return { start, end: alone ? lineEnd(source, own + 1) : own }
}

function lineEnd(source: string, from: number): number {
  const end = source.indexOf('\n', from)
  return end < 0 ? source.length + 1 : end
}
