import { withoutMacro } from '../repair/macros.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'unused-macro',
  severity: 'hint',
  origin: 'rule',
  title: 'Macro that is never called',
  docs: 'Nothing in this script calls it.',
  bad: 'macro m() { 1 } begin { print(2); }',
  good: 'macro m() { 1 } begin { print(m()); }',
  tags: ['unnecessary'],
  message: ({ name }) => `${name} is never called.`,
  fixes: ({ span, words }) => withoutMacro(words.tree, span),
})
