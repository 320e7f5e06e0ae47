import { withoutSurplus } from '../repair/calls.ts'
import { fewerConversions, misspeltConversions, moreConversions } from '../repair/formats.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{
  readonly expected: number
  readonly found: number
  /** The conversion that fits each value; empty where none is known. */
  readonly kinds: readonly string[]
}>({
  code: 'format-arguments',
  severity: 'error',
  title: 'More or fewer values than conversions',
  docs: 'Every conversion of the format prints one value.',
  bad: 'begin { printf("%d %d\\n", 1); }',
  good: 'begin { printf("%d %d\\n", 1, 2); }',
  message: ({ expected, found }) => `The format has ${expected} conversion(s), but there are ${found} value(s).`,
  fixes: ({ span, data, words: { tree } }) =>
    data.found < data.expected
      ? fewerConversions(tree, span, data.found)
      : [
          ...misspeltConversions(tree, span, data.kinds),
          ...moreConversions(tree, span, data.expected, data.kinds),
          ...withoutSurplus(tree, span, data.expected + 1),
        ],
})
