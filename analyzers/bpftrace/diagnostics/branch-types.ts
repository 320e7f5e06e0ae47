import { alikeBranches } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly left: string; readonly right: string }>({
  code: 'branch-types',
  severity: 'error',
  title: 'Branches of different types',
  docs: 'Both branches of a value have one type.',
  bad: 'begin { $a = pid ? 1 : "x"; }',
  good: 'begin { $a = pid ? 1 : 2; print($a); }',
  message: ({ left, right }) => `Branches must return the same type: have '${left}' and '${right}'.`,
  fixes: ({ span, data, words }) => alikeBranches(words.tree, span, data.left, data.right),
})
