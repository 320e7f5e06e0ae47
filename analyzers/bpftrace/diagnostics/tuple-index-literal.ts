import { inlinedIndex } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'tuple-index-literal',
  severity: 'error',
  title: 'Tuple indexed by a value',
  docs: 'The elements of a tuple differ in type, so the index has to be a literal.',
  bad: 'begin { $t = (1, 2); $i = 1; print($t[$i]); }',
  good: 'begin { $t = (1, 2); print($t[1]); }',
  message: () => 'A tuple is indexed by literals only.',
  fixes: ({ span, words }) => inlinedIndex(words.tree, span),
})
