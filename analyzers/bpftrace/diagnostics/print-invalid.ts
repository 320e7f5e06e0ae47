import { asTuple, withoutSurplus } from '../repair/calls.ts'
import { callAt } from '../repair/find.ts'
import { withoutKey } from '../repair/maps.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'print-invalid',
  severity: 'error',
  title: 'Value that print() cannot print',
  docs: 'print() takes one value, or a map with the number of entries and a divisor.',
  bad: 'begin { print(1, 2); }',
  good: 'begin { print(1); }',
  message: ({ problem }) => `print(): ${problem}.`,
  fixes: ({ span, data, words: { tree } }) => {
    if (data.problem.endsWith('printed alone')) return [...asTuple(tree, span), ...withoutSurplus(tree, span, 1)]
    const [first] = callAt(tree, span)?.arguments ?? []
    return first && data.problem.endsWith('print the whole map') ? withoutKey(tree, first.span) : []
  },
})
