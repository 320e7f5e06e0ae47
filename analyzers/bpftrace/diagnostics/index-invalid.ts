import { nodeAt } from '../repair/find.ts'
import { defineDiagnostic } from './define.ts'
import { removeText } from './fixes.ts'

export default defineDiagnostic<{ readonly type: string }>({
  code: 'index-invalid',
  severity: 'error',
  title: 'Index on what has no elements',
  docs: 'Arrays, pointers, strings and tuples have elements.',
  bad: 'begin { $a = 1; print($a[0]); }',
  good: 'begin { $a = (1, 2); print($a[0]); }',
  message: ({ type }) => `[] is for arrays, pointers and tuples, not for ${type}.`,
  fixes: ({ span, words }) => {
    const access = nodeAt(words.tree, span, 'IndexAccess')
    return access ? removeText({ start: access.object.span.end, end: span.end }, 'Remove the index') : []
  },
})
