import { parameterAlone } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'str-parameter',
  severity: 'error',
  title: 'Positional parameter in str() with more than an offset',
  docs: 'str($1) and str($1 + 2) work; other arithmetic does not.',
  bad: 'BEGIN { print(str($1 * 2)); }',
  good: 'BEGIN { print(str($1)); }',
  exampleVersion: '0.17.0',
  exampleParams: ['abc'],
  message: ({ problem }) => `${problem}.`,
  fixes: ({ span, words }) => parameterAlone(words.tree, span),
})
