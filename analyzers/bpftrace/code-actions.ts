/**
 * What can be done about diagnostics: each of their fixes, every safe fix at once, and last a comment that says the
 * diagnostic is known and meant.
 */
import type { Diagnostic, Span, TextEdit } from './diagnostic.ts'
import { ignoreComment } from './ignore-comments.ts'
import { TakenPlaces } from './taken-places.ts'

export interface OfferedAction {
  readonly kind: 'quick-fix' | 'fix-all' | 'ignore'
  readonly title: string
  readonly edits: readonly TextEdit[]
  /** The diagnostics it does away with. */
  readonly fixes: readonly Diagnostic[]
  /** The single obvious thing to do. */
  readonly preferred: boolean
}

export function codeActions(
  source: string,
  diagnostics: readonly Diagnostic[],
  within: Span,
): readonly OfferedAction[] {
  const here = diagnostics.filter(({ span }) => span.start <= within.end && within.start <= span.end)
  return [...here.flatMap(quickFixes), ...fixAll(diagnostics), ...here.flatMap((found) => ignore(source, found))]
}

function quickFixes(diagnostic: Diagnostic): OfferedAction[] {
  return diagnostic.fixes.map(({ title, edits }) => ({
    kind: 'quick-fix',
    title,
    edits,
    fixes: [diagnostic],
    preferred: diagnostic.fixes.length === 1,
  }))
}

function fixAll(diagnostics: readonly Diagnostic[]): OfferedAction[] {
  const { edits, fixed } = safeEdits(diagnostics)
  if (fixed.length === 0) return []
  return [{ kind: 'fix-all', title: 'Fix all that is safe to fix', edits, fixes: fixed, preferred: false }]
}

/** The best fix of each diagnostic where it is safe; of two that meet, the first wins and the other waits its turn. */
export function safeEdits(diagnostics: readonly Diagnostic[]): {
  readonly edits: readonly TextEdit[]
  readonly fixed: readonly Diagnostic[]
} {
  const edits: TextEdit[] = []
  const fixed: Diagnostic[] = []
  const taken = new TakenPlaces(meets)
  for (const diagnostic of diagnostics) {
    const fix = diagnostic.fixes[0]
    if (!fix?.safe || !fix.edits.every(({ span }) => taken.isFree(span))) continue
    for (const { span } of fix.edits) taken.take(span)
    edits.push(...fix.edits)
    fixed.push(diagnostic)
  }
  return { edits, fixed }
}

/** Two insertions at one place meet as well: their order would be chance. */
function meets(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end ? true : a.start === b.start
}

/** What the compiler refuses cannot be wished away by a comment. */
function ignore(source: string, diagnostic: Diagnostic): OfferedAction[] {
  if (diagnostic.origin === 'compiler' && diagnostic.severity === 'error') return []
  return [
    {
      kind: 'ignore',
      title: `Ignore \`${diagnostic.code}\` here`,
      edits: [ignoreComment(source, diagnostic)],
      fixes: [diagnostic],
      preferred: false,
    },
  ]
}
