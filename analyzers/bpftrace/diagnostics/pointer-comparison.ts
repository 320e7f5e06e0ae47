import { nodeAt } from '../repair/find.ts'
import { castTo } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly left: string; readonly right: string }>({
  code: 'pointer-comparison',
  severity: 'warning',
  title: 'Pointers to different things compared',
  docs: 'They are compared as addresses.',
  bad: 'kprobe:vfs_read { if ((int8 *)arg0 == (int16 *)arg1) { print(1); } }',
  good: 'kprobe:vfs_read { if ((int8 *)arg0 == (int8 *)arg1) { print(1); } }',
  message: ({ left, right }) => `Comparison of distinct pointer types: ${left}, ${right}.`,
  fixes: ({ span, data, words }) => {
    const right = nodeAt(words.tree, span, 'Binary')?.right
    return right ? castTo(right, `${data.left} *`) : []
  },
})
