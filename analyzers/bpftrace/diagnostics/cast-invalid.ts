import { otherOperand, withoutCast } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly from: string; readonly to: string }>({
  code: 'cast-invalid',
  severity: 'error',
  title: 'Impossible cast',
  docs: 'Numbers, pointers and small arrays can be turned into each other; a string or structure cannot become a number.',
  bad: 'begin { print((uint64)"abc"); }',
  good: 'begin { print((uint64)1); }',
  message: ({ from, to }) => `Cannot cast from "${from}" to "${to}".`,
  fixes: ({ span, data, words }) =>
    data.from === 'none' ? [] : [...otherOperand(words.tree, span), ...withoutCast(words.tree, span)],
})
