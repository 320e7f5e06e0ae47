import { alikeBranches } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'ternary-type',
  severity: 'error',
  title: 'Branches that ?: cannot have',
  docs: 'Until 0.23 the ternary operator gives numbers and strings only, the same on both sides.',
  bad: 'BEGIN { $a = pid ? 1 : "x"; }',
  good: 'BEGIN { $a = pid ? 1 : 2; print($a); }',
  exampleVersion: '0.17.0',
  message: ({ problem }) => `${problem}.`,
  fixes: ({ span, data, words }) => {
    const [, left = '', right = ''] = /have '(.*)' and '(.*)'$/.exec(data.problem) ?? []
    return alikeBranches(words.tree, span, left, right)
  },
})
