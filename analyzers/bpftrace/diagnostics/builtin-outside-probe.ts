import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'builtin-outside-probe',
  severity: 'error',
  title: 'Builtin of a probe in a function',
  docs: 'A function may be called from any probe, so it has none of what a particular one offers.',
  bad: 'fn f() : int64 { return (int64)arg0; } begin { }',
  good: 'kprobe:vfs_read { print(arg0); }',
  message: ({ name }) => `${name} is only available inside a probe.`,
})
