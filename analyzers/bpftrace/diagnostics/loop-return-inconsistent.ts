import { withoutReturned } from '../repair/statements.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'loop-return-inconsistent',
  severity: 'error',
  title: 'Returns in loops with and without a value',
  docs: 'The loops of one probe or function return a value always or never.',
  bad: 'begin { for ($i : 0..3) { if ($i > 1) { return; } if ($i > 2) { return 1; } } }',
  good: 'begin { for ($i : 0..3) { if ($i > 1) { return; } } }',
  message: () => 'Returns in loops have a value either always or never.',
  fixes: ({ span, words }) => withoutReturned(words.tree, span),
})
