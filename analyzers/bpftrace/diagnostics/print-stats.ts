import { withoutSurplus } from '../repair/calls.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'print-stats',
  severity: 'warning',
  title: 'Arguments of print() that stats ignore',
  docs: 'Maps of stats() are printed whole.',
  bad: 'begin { @a = stats(1); print(@a, 5); }',
  good: 'begin { @a = stats(1); print(@a); }',
  message: () => 'The top and div arguments are ignored for stats() maps.',
  fixes: ({ span, words }) => withoutSurplus(words.tree, span, 1).map((fix) => ({ ...fix, safe: true })),
})
