import { defineDiagnostic } from './define.ts'
import { typeMean } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'struct-unknown',
  severity: 'error',
  title: 'Structure that does not exist',
  docs: 'Structures come from the script, its headers and the kernel.',
  bad: 'kprobe:vfs_read { $s = (struct flie *)arg0; print($s->f_flags); }',
  good: 'kprobe:vfs_read { $s = (struct file *)arg0; print($s->f_flags); }',
  exampleVersion: '0.17.0',
  message: ({ name }) => `Unknown struct/union: '${name}'.`,
  fixes: ({ span, data, source, words }) => typeMean(span, data.name, source, words),
})
