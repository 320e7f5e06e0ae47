import { callAlone } from '../repair/statements.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'assignment-not-allowed',
  severity: 'error',
  title: 'Function that is no value',
  docs: 'Until 0.23 these functions stand as statements of their own.',
  bad: 'BEGIN { $a = print(1); }',
  good: 'BEGIN { print(1); }',
  exampleVersion: '0.17.0',
  message: ({ name }) => `${name}() should not be used in an assignment or as a map key.`,
  fixes: ({ span, words }) => callAlone(words.tree, span),
})
