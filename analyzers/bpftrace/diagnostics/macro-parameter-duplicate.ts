import { freeName } from '../repair/find.ts'
import { defineDiagnostic } from './define.ts'
import { replace } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'macro-parameter-duplicate',
  severity: 'error',
  title: 'Parameter of a macro named twice',
  docs: 'Each parameter has a name of its own.',
  bad: 'macro m(a, a) { a } begin { print(m(1, 2)); }',
  good: 'macro m(a, b) { a + b } begin { print(m(1, 2)); }',
  message: ({ name }) => `The parameter ${name} occurs twice.`,
  fixes: ({ span, data, words }) => replace(span, freeName(words.tree, data.name)),
})
