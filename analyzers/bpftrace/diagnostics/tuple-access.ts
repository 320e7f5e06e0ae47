import { nodeAt } from '../repair/find.ts'
import { defineDiagnostic } from './define.ts'
import { removeText } from './fixes.ts'

export default defineDiagnostic<{ readonly index: number; readonly type: string }>({
  code: 'tuple-access',
  severity: 'error',
  title: 'Element of what is no tuple',
  docs: '`.0`, `.1` and so on are the elements of tuples.',
  bad: 'begin { $a = 1; print($a.0); }',
  good: 'begin { $a = (1, 2); print($a.0); }',
  message: ({ index, type }) => `Can not access index '${index}' on an expression of type '${type}'.`,
  fixes: ({ span, data, words }) => {
    const access = nodeAt(words.tree, span, 'TupleAccess')
    return access ? removeText({ start: access.object.span.end, end: span.end }, `Remove \`.${data.index}\``) : []
  },
})
