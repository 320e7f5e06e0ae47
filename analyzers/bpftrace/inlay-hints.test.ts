import { expect, test } from 'vitest'
import { type HintOptions, inlayHints } from './inlay-hints.ts'
import { fixture } from './testing/context.ts'

/** The program with its hints written into it. */
function hinted(source: string, options: HintOptions = { types: true, parameterNames: true }): string {
  const { context } = fixture(source)
  return [...inlayHints(context, { start: 0, end: source.length }, options)]
    .sort((a, b) => b.offset - a.offset)
    .reduce((text, { offset, label }) => `${text.slice(0, offset)}«${label}»${text.slice(offset)}`, source)
}

test.each([
  ['a variable where it is first set', 'BEGIN { $x = nsecs; $x = 1; }', 'BEGIN { $x«: uint64» = nsecs; $x = 1; }'],
  ['a map behind its key', 'BEGIN { @a[pid] = hist(1); }', 'BEGIN { @a[pid]«: hist_t» = hist(1); }'],
  ['a loop variable', 'BEGIN { for ($i : 0..3) { } }', 'BEGIN { for ($i«: int8» : 0..3) { } }'],
  ['nothing where the text says it', 'BEGIN { $x = (uint8)1; $y = "a"; let $z : int8 = 1; }', undefined],
  [
    'literals among several arguments',
    'BEGIN { @ = lhist(pid, 0, 9, 1); }',
    'BEGIN { @«: lhist_t» = lhist(pid, «min:»0, «max:»9, «step:»1); }',
  ],
  ['nothing for a single argument or a format', 'BEGIN { print(1); printf("%d", 1); }', undefined],
])('%s', (_, source, expected) => {
  expect(hinted(source)).toBe(expected ?? source)
})

test('each kind can be turned off', () => {
  const source = 'BEGIN { @ = lhist(pid, 0, 9, 1); }'
  expect(hinted(source, { types: false, parameterNames: true })).not.toContain('lhist_t')
  expect(hinted(source, { types: true, parameterNames: false })).not.toContain('min:')
})

test('a part of the document gives its hints only', () => {
  const { context, source } = fixture('BEGIN { $x = nsecs; }\nEND { $y = nsecs; }')
  const within = { start: source.indexOf('END'), end: source.length }
  expect(inlayHints(context, within, { types: true, parameterNames: true })).toHaveLength(1)
})
