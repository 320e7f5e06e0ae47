/**
 * Where a further program can stand in one that is there: at the cursor, or after what the cursor is in, and never
 * before what has to come first.
 */
import type { SyntaxTree } from './syntax/tree.ts'

export interface Insertion {
  readonly offset: number
  /** Line breaks that set it apart from what is around it. */
  readonly before: string
  readonly after: string
}

export function insertionAt({ source, program, tokens }: SyntaxTree, cursor: number): Insertion {
  const first = tokens[0]
  const settings = program.items.filter(({ kind }) => kind === 'Config').map(({ span }) => span.end)
  const least = Math.max(first?.kind === 'shebang' ? first.end : 0, ...settings)
  const wanted = Math.max(least, Math.min(cursor, source.length))
  const around = program.items.find(({ span }) => span.start < wanted && wanted < span.end)
  const comment = tokens.find(({ kind, start, end }) => isComment(kind) && start < wanted && wanted < end)
  const offset = Math.max(wanted, around?.span.end ?? 0, comment?.end ?? 0)
  const [head, rest] = [source.slice(0, offset), source.slice(offset)]
  const breaks = /[\n\s]*$/.exec(head)?.[0].split('\n').length ?? 1
  return {
    offset,
    before: head.trim() === '' ? '' : '\n'.repeat(Math.max(0, 3 - breaks)),
    after: rest.trim() === '' || /^\s*\n/.test(rest) ? '' : '\n',
  }
}

const isComment = (kind: string) => kind === 'lineComment' || kind === 'blockComment'
