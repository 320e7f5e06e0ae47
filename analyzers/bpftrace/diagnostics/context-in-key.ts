import { castContext } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'context-in-key',
  severity: 'error',
  title: 'Context as a map key',
  docs: 'The context is no value that outlives the probe.',
  bad: 'kprobe:vfs_read { @[ctx] = 1; }',
  good: 'kprobe:vfs_read { @[pid] = 1; }',
  message: () => 'The context cannot be part of a map key.',
  fixes: ({ span, words }) => castContext(words.tree, span),
})
