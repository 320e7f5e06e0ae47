import { defineDiagnostic } from './define.ts'
import { typeMean } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'type-unknown',
  severity: 'error',
  title: 'Type that does not exist',
  docs: 'Types come from the script, from the headers it includes, and from the kernel.',
  bad: 'kprobe:vfs_read { $s = (struct flie *)arg0; print($s); }',
  good: 'kprobe:vfs_read { $s = (struct file *)arg0; print($s); }',
  message: ({ name }) => `Cannot resolve unknown type "${name}".`,
  fixes: ({ span, data, source, words }) => typeMean(span, data.name, source, words),
})
