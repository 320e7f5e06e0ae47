import { defineDiagnostic } from './define.ts'
import { stackArgument } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string; readonly instead: string }>({
  code: 'builtin-removed',
  severity: 'error',
  title: 'Builtin that is gone',
  docs: 'This version does not have the builtin any more.',
  bad: 'kprobe:vfs_read { print(sarg0); }',
  good: 'kprobe:vfs_read { print(*(uint64 *)(reg("sp") + 8)); }',
  message: ({ name, instead }) => `${name} is gone; use ${instead}.`,
  fixes: ({ span, data }) => stackArgument(span, data.name),
})
