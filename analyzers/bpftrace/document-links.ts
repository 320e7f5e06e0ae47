/** What a script takes in from other files: imports and C headers. Whether the files exist is for the caller to find out. */
import type { Span } from './diagnostic.ts'
import type { SyntaxTree } from './syntax/tree.ts'
import { walk } from './syntax/visit.ts'

export interface TakenIn {
  readonly kind: 'import' | 'include' | 'system-include'
  readonly path: string
  /** The path as it is written, without quotes. */
  readonly span: Span
}

export function documentLinks(tree: SyntaxTree): readonly TakenIn[] {
  const links: TakenIn[] = []
  walk(tree.program, (node) => {
    if (node.kind === 'Import' && node.path.kind === 'StringLiteral' && node.path.value) {
      const { span, value } = node.path
      links.push({ kind: 'import', path: value, span: { start: span.start + 1, end: span.end - 1 } })
    }
    if (node.kind !== 'Preprocessor' || node.directive !== 'include') return
    const text = tree.source.slice(node.span.start, node.span.end)
    const match = /^(\s*#\s*include\s*)(?:<([^>\n]+)>|"([^"\n]+)")/.exec(text)
    const path = match?.[2] ?? match?.[3]
    if (!match?.[1] || !path) return
    const start = node.span.start + match[1].length + 1
    links.push({ kind: match[2] ? 'system-include' : 'include', path, span: { start, end: start + path.length } })
  })
  return links
}
