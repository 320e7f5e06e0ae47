/** What a tool changed in a program: as edits with places, and as a unified diff for people. */
import { createTwoFilesPatch, diffLines } from 'diff'
import type { z } from 'zod'
import type { editField } from './bpftrace-fields.ts'

/** Whole lines that differ, as edits of `before`; applying them gives `after`. */
export function editsBetween(before: string, after: string): z.input<typeof editField>[] {
  const edits: z.input<typeof editField>[] = []
  let line = 1
  let pending: { removed: number; added: string } = { removed: 0, added: '' }
  const flush = () => {
    if (pending.removed > 0 || pending.added !== '') {
      const start = line - pending.removed
      edits.push({ line: start, column: 1, endLine: line, endColumn: 1, newText: pending.added })
    }
    pending = { removed: 0, added: '' }
  }
  for (const part of diffLines(before, after)) {
    if (part.added) pending.added += part.value
    else if (part.removed) {
      pending.removed += part.count
      line += part.count
    } else {
      flush()
      line += part.count
    }
  }
  flush()
  return edits.map((edit) => clamp(edit, before))
}

/** A last line without its line end cannot be addressed from the line behind it. */
function clamp(edit: z.input<typeof editField>, text: string): z.input<typeof editField> {
  const lines = text.split('\n')
  if (edit.endLine <= lines.length) return edit
  return { ...edit, endLine: lines.length, endColumn: (lines.at(-1)?.length ?? 0) + 1 }
}

export function unifiedDiff(before: string, after: string): string {
  return before === after ? '' : createTwoFilesPatch('before.bt', 'after.bt', before, after, '', '', { context: 2 })
}
