import { withoutCast } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly value: string }>({
  code: 'enum-value-unknown',
  severity: 'error',
  title: 'Value that the enum does not have',
  docs: 'A literal cast to an enum is one of its values.',
  bad: 'enum E { A = 1 } begin { print((enum E)7); }',
  good: 'enum E { A = 1 } begin { print((enum E)1); }',
  message: ({ name, value }) => `enum ${name} has no value ${value}.`,
  fixes: ({ span, words }) => withoutCast(words.tree, span),
})
