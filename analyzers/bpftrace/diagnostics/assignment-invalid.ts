import { callAlone } from '../repair/statements.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'assignment-invalid',
  severity: 'error',
  title: 'Assignment of nothing',
  docs: 'The right side has no value.',
  bad: 'macro m() { print(1); } begin { $x = m(); }',
  good: 'macro m() { 1 } begin { $x = m(); print($x); }',
  message: () => 'This expression has no value that could be assigned.',
  fixes: ({ span, words }) => callAlone(words.tree, span),
})
