/**
 * What a migration is: how a program is rewritten when one change of the language lies between two versions, upwards,
 * downwards, or both. One file in `all/` is one change; its facts (since when, why, what it means) are in the catalog's
 * `migrations` under the same name.
 */
import type { TextEdit } from '../diagnostic.ts'
import type { ProgramContext } from '../program-context.ts'
import type { Node } from '../syntax/ast.ts'
import { walk } from '../syntax/visit.ts'

export interface Rewrite {
  readonly edits: readonly TextEdit[]
  /** Sentences on what the change means for this program; also where nothing can be rewritten. */
  readonly notes?: readonly string[]
}

export interface Migration {
  /** As in the catalog. */
  readonly name: string
  /** First version that has the new form, `X.Y`. */
  readonly changedIn: string
  /** The old form is still valid and means something else: it is rewritten only in a program that is known to be older. */
  readonly onlyFromOlder?: boolean
  /** Rewrites the old form for a version that has the new one. */
  up?(context: ProgramContext): Rewrite
  /** Rewrites the new form for a version that does not know it. */
  down?(context: ProgramContext): Rewrite
}

export const migration = (definition: Migration): Migration => definition

/** An edit for each node that `rewrite` has a new text for; nodes inside a rewritten one are left for the next round. */
export function rewriteNodes(
  context: ProgramContext,
  rewrite: (
    node: Node,
  ) => { readonly span: { readonly start: number; readonly end: number }; readonly newText: string } | undefined,
): TextEdit[] {
  const edits: TextEdit[] = []
  walk(context.tree.program, (node) => {
    const edit = rewrite(node)
    if (
      edit !== undefined &&
      !edits.some((each) => each.span.start <= edit.span.start && edit.span.end <= each.span.end)
    ) {
      edits.push(edit)
    }
  })
  return edits
}

export function sourceOf(
  context: ProgramContext,
  node: { readonly span: { readonly start: number; readonly end: number } },
): string {
  return context.tree.source.slice(node.span.start, node.span.end)
}

/** The span of a statement with the line it stands on, when nothing else stands there. */
export function wholeLine(source: string, span: { readonly start: number; readonly end: number }) {
  const lineStart = source.lastIndexOf('\n', span.start - 1) + 1
  const newline = source.indexOf('\n', span.end)
  const lineEnd = newline < 0 ? source.length : newline + 1
  const alone = source.slice(lineStart, span.start).trim() === '' && source.slice(span.end, lineEnd).trim() === ''
  return alone ? { start: lineStart, end: lineEnd } : span
}
