import { expect, test } from 'vitest'
import { selectionSpans } from './selection.ts'
import { fixture } from './testing/context.ts'

test('a selection grows from the word to the program, one construct at a time', () => {
  const { context, offset, source } = fixture('BEGIN { if ($x > 1) { print($x + co$0mm); } }')
  expect(selectionSpans(context.tree, offset).map(({ start, end }) => source.slice(start, end))).toEqual([
    'comm',
    '$x + comm',
    'print($x + comm)',
    'print($x + comm);',
    ' print($x + comm); ',
    '{ print($x + comm); }',
    'if ($x > 1) { print($x + comm); }',
    ' if ($x > 1) { print($x + comm); } ',
    '{ if ($x > 1) { print($x + comm); } }',
    'BEGIN { if ($x > 1) { print($x + comm); } }',
  ])
})

test('every step holds the one before, wherever the cursor is', () => {
  const source = '// note\nkprobe:f /@a[tid] > 1/ { @b = hist(arg0); $s = (struct x *)curtask; }\n'
  const { context } = fixture(source)
  for (let offset = 0; offset <= source.length; offset++) {
    const spans = selectionSpans(context.tree, offset)
    expect(spans.at(-1)).toEqual({ start: 0, end: source.length })
    spans.slice(1).forEach((span, index) => {
      const inner = spans[index]
      expect(inner && span.start <= inner.start && inner.end <= span.end).toBe(true)
    })
  }
})
