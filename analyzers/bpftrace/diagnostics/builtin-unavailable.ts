import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly probe: string; readonly instead: string }>({
  code: 'builtin-unavailable',
  severity: 'error',
  title: 'Builtin that this probe does not have',
  docs: 'Arguments exist where a function is entered, return values where it returns, `args` where the types are known.',
  bad: 'begin { print(retval); }',
  good: 'kretprobe:vfs_read { print(retval); }',
  message: ({ name, probe, instead }) =>
    `${name} is not available in ${probe} probes${instead ? `; try ${instead}` : ''}.`,
})
