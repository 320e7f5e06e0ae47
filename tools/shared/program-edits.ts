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
  const parts = diffLines(before, after, { maxEditLength: MOST_CHANGES }) ?? middleReplaced(before, after)
  for (const part of parts) {
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
  if (before === after) return ''
  const options = { context: 2, maxEditLength: MOST_CHANGES }
  return createTwoFilesPatch('before.bt', 'after.bt', before, after, '', '', options) ?? wholePatch(before, after)
}

/** Looking for the shortest way between two texts takes time with the square of its length. */
const MOST_CHANGES = 2000

interface Part {
  readonly value: string
  readonly count: number
  readonly added: boolean
  readonly removed: boolean
}

/** Everything between the lines that both texts begin with and those that they end with. */
function middleReplaced(before: string, after: string): readonly Part[] {
  const [old, now] = [linesOf(before), linesOf(after)]
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head++
  let tail = 0
  const most = Math.min(old.length, now.length) - head
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++
  const part = (lines: readonly string[], added: boolean, removed: boolean): Part => ({
    value: lines.join(''),
    count: lines.length,
    added,
    removed,
  })
  return [
    part(old.slice(0, head), false, false),
    part(old.slice(head, old.length - tail), false, true),
    part(now.slice(head, now.length - tail), true, false),
    part(old.slice(old.length - tail), false, false),
  ]
}

/** With their ends. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

function wholePatch(before: string, after: string): string {
  const [same, removed, added] = middleReplaced(before, after)
  if (!same || !removed || !added) return ''
  const start = same.count + 1
  const marked = (text: string, mark: string) =>
    linesOf(text)
      .map((line) => (line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`))
      .join('')
  const head = `@@ -${start},${removed.count} +${start},${added.count} @@\n`
  return `--- before.bt\n+++ after.bt\n${head}${marked(removed.value, '-')}${marked(added.value, '+')}`
}
