import { sameSign } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly what: string; readonly left: string; readonly right: string }>({
  code: 'sign-mix',
  severity: 'warning',
  title: 'Signed and unsigned numbers mixed',
  docs: 'The result depends on how the negative ones are read.',
  bad: 'BEGIN { if ((int64)-1 < (uint64)pid) { print(1); } }',
  good: 'BEGIN { if ((int64)1 < (int64)pid) { print(1); } }',
  exampleVersion: '0.17.0',
  message: ({ what, left, right }) =>
    `${what} on integers of different signs: '${left}' and '${right}' can lead to undefined behavior.`,
  fixes: ({ span, data, words }) => sameSign(words.tree, span, data.left, data.right),
})
