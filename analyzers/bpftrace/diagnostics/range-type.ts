import { nodeAt } from '../repair/find.ts'
import { asType } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly end: string; readonly type: string }>({
  code: 'range-type',
  severity: 'error',
  title: 'Range that does not go from number to number',
  docs: 'Both ends of a range are integers.',
  bad: 'begin { for ($i : 0.."3") { } }',
  good: 'begin { for ($i : 0..3) { print($i); } }',
  message: ({ end, type }) => `The ${end} of the range is ${type}, not an integer.`,
  fixes: ({ span, data, words }) => {
    const range = nodeAt(words.tree, span, 'Range')
    return range ? asType(words.tree, data.end === 'start' ? range.start : range.end, data.type, 'int64') : []
  },
})
