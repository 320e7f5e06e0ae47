/** What was changed, as edits and as a diff: applying the edits gives the changed text, however much of it changed. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../test/setup/fast-check.ts'
import { editsBetween, unifiedDiff } from './program-edits.ts'

function applied(text: string, edits: ReturnType<typeof editsBetween>): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const offset = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1
  return edits
    .toReversed()
    .reduce(
      (now, { line, column, endLine, endColumn, newText }) =>
        now.slice(0, offset(line, column)) + newText + now.slice(offset(endLine, endColumn)),
      text,
    )
}

const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 })

test('edits make the one text into the other', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const [old, now] = [`${before.join('\n')}\n`, `${after.join('\n')}\n`]
      expect(applied(old, editsBetween(old, now))).toBe(now)
    }),
    runs(300),
  )
})

test('also where thousands of lines changed', () => {
  const text = (word: string) => `head\n${Array.from({ length: 5000 }, (_, i) => `${word} ${i}\n`).join('')}tail\n`
  const [old, now] = [text('old'), text('new')]
  expect(editsBetween(old, now)).toHaveLength(1)
  expect(applied(old, editsBetween(old, now))).toBe(now)
  expect(unifiedDiff(old, now)).toContain('@@ -2,5000 +2,5000 @@\n-old 0\n')
})

test('nothing changed is no diff', () => {
  expect(unifiedDiff('a\n', 'a\n')).toBe('')
})
