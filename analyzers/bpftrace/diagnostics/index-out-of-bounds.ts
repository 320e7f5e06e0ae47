import { otherIndex } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly index: string; readonly length: number }>({
  code: 'index-out-of-bounds',
  severity: 'error',
  title: 'Index beyond the end of an array',
  docs: 'The last element has the index length minus one.',
  bad: 'struct A { int x[4]; } kprobe:vfs_read { $a = (struct A *)arg0; print($a.x[9]); }',
  good: 'struct A { int x[4]; } kprobe:vfs_read { $a = (struct A *)arg0; print($a.x[3]); }',
  message: ({ index, length }) => `The index ${index} is out of bounds for an array of ${length}.`,
  fixes: ({ span, data, words }) => otherIndex(words.tree, span, String(data.length - 1), 'the last'),
})
