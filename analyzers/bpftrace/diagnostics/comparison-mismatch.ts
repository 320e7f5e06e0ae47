import { alikeSides } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly operator: string; readonly left: string; readonly right: string }>({
  code: 'comparison-mismatch',
  severity: 'error',
  title: 'Comparison of different kinds of things',
  docs: 'Both sides of a comparison have one type.',
  bad: 'begin { if (comm == 1) { print(1); } }',
  good: 'begin { if (comm == "x") { print(1); } }',
  message: ({ operator, left, right }) => `Type mismatch for '${operator}': comparing ${left} with ${right}.`,
  fixes: ({ span, data, words }) => alikeSides(words.tree, span, data.left, data.right),
})
