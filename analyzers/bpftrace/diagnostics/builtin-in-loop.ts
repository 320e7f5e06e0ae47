import { beforeLoop } from '../repair/statements.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'builtin-in-loop',
  severity: 'error',
  title: 'Builtin that a for loop cuts off',
  docs: 'The body of a `for` becomes a function of its own that does not get the context.',
  bad: 'kprobe:vfs_read { for ($i : 0..3) { print(arg0); } }',
  good: 'kprobe:vfs_read { $a = arg0; for ($i : 0..3) { print($a); } }',
  message: ({ name }) => `'${name}' is not allowed in a for loop; keep it in a variable before.`,
  fixes: ({ span, data, words }) => beforeLoop(words.tree, span, data.name),
})
