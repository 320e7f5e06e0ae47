import { notEmpty } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly type: string }>({
  code: 'condition-invalid',
  severity: 'error',
  title: 'Condition that is neither true nor false',
  docs: 'Conditions are numbers, booleans and pointers.',
  bad: 'begin { if (comm) { print(1); } }',
  good: 'begin { if (comm != "") { print(1); } }',
  message: ({ type }) => `Invalid condition: ${type}.`,
  fixes: ({ span, data, words }) => notEmpty(words.tree, span, data.type),
})
