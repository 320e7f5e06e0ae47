import { asRange } from '../repair/statements.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'while-deprecated',
  severity: 'warning',
  title: 'while loop',
  docs: 'A `for` over a range is easier for the kernel to prove finite.',
  bad: 'begin { $i = 0; while ($i < 3) { $i++; } }',
  good: 'begin { for ($i : 0..3) { print($i); } }',
  tags: ['deprecated'],
  message: () => 'While loops are deprecated and may be removed in the future; a for loop over a range does the same.',
  fixes: ({ span, words }) => asRange(words.tree, span),
})
