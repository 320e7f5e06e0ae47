/** Applies the edits of a fix to a text. */
import type { TextEdit } from './diagnostic.ts'

/** Edits may come in any order; of two that overlap only the first in the text is applied. */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  let result = ''
  let position = 0
  for (const { span, newText } of edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    if (span.start < position) continue
    result += source.slice(position, span.start) + newText
    position = span.end
  }
  return result + source.slice(position)
}
