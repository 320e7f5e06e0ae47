import { otherType, probeTypesWith } from '../repair/probes.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'retval-missing',
  severity: 'error',
  title: 'retval where a function is entered',
  docs: 'The return value exists at the exit of the function only.',
  bad: 'fentry:vfs_read { print(retval); }',
  good: 'fexit:vfs_read { print(retval); }',
  message: () => 'There is no return value here; use fexit.',
  fixes: ({ span, words }) => otherType(words.tree, span, probeTypesWith('retval', words.catalog)),
})
