import { sizedElements } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'index-unsized',
  severity: 'error',
  title: 'Index on a pointer to nothing',
  docs: 'A `void *` does not tell how large its elements are.',
  bad: 'begin { $a = (void *)0; print($a[1]); }',
  good: 'begin { $a = (int8 *)0; print($a[1]); }',
  message: () => 'A pointer to an unsized type has no elements.',
  fixes: ({ span, words }) => sizedElements(words.tree, span),
})
