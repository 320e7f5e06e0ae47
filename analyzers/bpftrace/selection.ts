/** What a growing selection takes in: the word, then every construct around it up to the whole program. */

import { tokenBefore } from './completion/place.ts'
import type { Span } from './diagnostic.ts'
import { isTrivia, type SyntaxTree } from './syntax/tree.ts'
import { pathTo } from './syntax/visit.ts'

/** Innermost first; each span holds the one before it and is larger. */
export function selectionSpans(tree: SyntaxTree, offset: number): readonly Span[] {
  const spans: Span[] = []
  const add = (span: Span) => {
    const last = spans.at(-1)
    const grows = !last || (span.start <= last.start && last.end <= span.end && length(span) > length(last))
    if (grows && span.start <= offset && offset <= span.end && length(span) > 0) spans.push(span)
  }
  const token = tree.tokens[tokenBefore(tree, offset + 1)]
  if (token && (!isTrivia(token) || token.kind !== 'blank')) add(token)
  const path = pathTo(tree.program, offset)
  for (let i = path.length - 1; i >= 0; i--) {
    const node = path[i]
    if (!node) continue
    // The inside of a block comes before the block with its braces.
    if (node.kind === 'Block')
      add({ start: node.span.start + 1, end: Math.max(node.span.start + 1, node.span.end - 1) })
    add(node.span)
  }
  add({ start: 0, end: tree.source.length })
  return spans
}

function length({ start, end }: Span): number {
  return end - start
}
