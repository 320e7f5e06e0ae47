import { withoutSurplus } from '../repair/calls.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'length-negative',
  severity: 'error',
  title: 'Negative length',
  docs: 'A length counts bytes.',
  bad: 'kprobe:vfs_read { print(str(arg0, -1)); }',
  good: 'kprobe:vfs_read { print(str(arg0, 10)); }',
  message: ({ name }) => `${name}() cannot have a negative length.`,
  fixes: ({ span, words }) => withoutSurplus(words.tree, span, 1),
})
