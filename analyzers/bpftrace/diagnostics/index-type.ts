import { nodeAt } from '../repair/find.ts'
import { asType, inlinedIndex } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly type: string }>({
  code: 'index-type',
  severity: 'error',
  title: 'Index that is no whole number from 0',
  docs: 'An index is an unsigned number or a literal.',
  bad: 'struct A { int x[4]; } kprobe:vfs_read { $a = (struct A *)arg0; print($a.x["1"]); }',
  good: 'struct A { int x[4]; } kprobe:vfs_read { $a = (struct A *)arg0; print($a.x[1]); }',
  message: ({ type }) => `An index is a non-negative integer, not ${type}.`,
  fixes: ({ span, data, words }) => {
    const access = nodeAt(words.tree, span, 'IndexAccess')
    if (!access) return []
    return data.type.startsWith('string')
      ? asType(words.tree, access.index, data.type, 'uint64')
      : inlinedIndex(words.tree, span)
  },
})
