import { defineDiagnostic } from './define.ts'
import { commonField } from './fixes.ts'

export default defineDiagnostic<{ readonly field: string }>({
  code: 'tracepoint-common-field',
  severity: 'error',
  title: 'Common field of a tracepoint',
  docs: 'BPF programs cannot read the first eight bytes of an event; pid, cpu and the like have builtins.',
  bad: 'tracepoint:syscalls:sys_enter_openat { print(args.common_pid); }',
  good: 'tracepoint:syscalls:sys_enter_openat { print(pid); }',
  message: ({ field }) => `${field} cannot be read; common tracepoint fields are out of reach.`,
  fixes: ({ span, data }) => commonField(span, data.field),
})
