import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly provider: string; readonly expected: string; readonly found: number }>({
  code: 'attach-point-parts',
  severity: 'error',
  title: 'Attach point with too few or too many parts',
  docs: 'The parts of an attach point stand between colons, and every probe type takes a certain number of them.',
  bad: 'tracepoint:syscalls { }',
  good: 'tracepoint:syscalls:sys_enter_openat { }',
  message: ({ provider, expected, found }) => `${provider} takes ${expected} argument(s), not ${found}.`,
})
