/** Quick fixes of syntax errors: the punctuation that the parser expected, put behind what stands before it. */
import type { Fix } from '../diagnostic.ts'
import { isTrivia, type SyntaxFinding, type Token } from './tree.ts'

const EXPECTED = /^expected `([;:,(){}[\]]|\.\.)`/

/** Putting a semicolon between two statements changes nothing else; a bracket may belong somewhere else. */
const SAFE = new Set([';'])

export function syntaxFixes({ message, span, construct }: SyntaxFinding, tokens: readonly Token[]): readonly Fix[] {
  const missing = EXPECTED.exec(message)?.[1]
  // What another version would take is no slip of the pen.
  if (missing === undefined || construct !== undefined) return []
  const at = endOfCodeBefore(tokens, span.start)
  return [
    {
      title: `Insert \`${missing}\``,
      edits: [{ span: { start: at, end: at }, newText: missing === '{' ? ' {' : missing }],
      safe: SAFE.has(missing),
    },
  ]
}

function endOfCodeBefore(tokens: readonly Token[], offset: number): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.end ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  for (let i = low - 1; i >= 0; i--) {
    const token = tokens[i]
    if (token !== undefined && !isTrivia(token)) return token.end
  }
  return offset
}
