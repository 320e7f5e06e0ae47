import { withoutMacro } from '../repair/macros.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'macro-redefinition',
  severity: 'error',
  title: 'Macro defined twice',
  docs: 'Two macros of one name differ in the number or kinds of their parameters.',
  bad: 'macro m(a) { a } macro m(b) { b } begin { print(m(1)); }',
  good: 'macro m(a) { a } begin { print(m(1)); }',
  message: ({ name }) => `Redefinition of macro ${name}.`,
  fixes: ({ span, words }) => withoutMacro(words.tree, span),
})
