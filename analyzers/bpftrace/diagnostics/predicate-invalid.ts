import { notEmpty } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly type: string }>({
  code: 'predicate-invalid',
  severity: 'error',
  title: 'Filter that is neither true nor false',
  docs: 'A filter is a number or pointer.',
  bad: 'BEGIN /comm/ { }',
  good: 'BEGIN /comm != ""/ { }',
  exampleVersion: '0.17.0',
  message: ({ type }) => `Invalid type for predicate: ${type}.`,
  fixes: ({ span, data, words }) => notEmpty(words.tree, span, data.type),
})
