import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly left: string; readonly right: string }>({
  code: 'address-space-mismatch',
  severity: 'warning',
  title: 'Kernel and user addresses mixed',
  docs: 'The result is read as neither.',
  bad: 'tracepoint:syscalls:sys_enter_openat { print(args.dfd + (uint64)curtask); }',
  good: 'tracepoint:syscalls:sys_enter_openat { print(args.dfd); }',
  message: ({ left, right }) => `Address space mismatch: ${left} and ${right}.`,
})
