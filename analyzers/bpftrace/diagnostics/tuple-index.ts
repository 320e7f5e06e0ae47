import { otherIndex } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly index: number; readonly length: number }>({
  code: 'tuple-index',
  severity: 'error',
  title: 'Element that the tuple does not have',
  docs: 'Elements count from 0.',
  bad: 'begin { $t = (1, 2); print($t.5); }',
  good: 'begin { $t = (1, 2); print($t.1); }',
  message: ({ index, length }) => `Invalid tuple index: ${index}; there are ${length} elements.`,
  fixes: ({ span, data, words }) => otherIndex(words.tree, span, String(data.length - 1), 'the last'),
})
