import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly probe: string }>({
  code: 'function-unavailable',
  severity: 'error',
  title: 'Function that this probe does not have',
  docs: 'Registers exist where the program was interrupted, `path` where the kernel vouches for the pointer.',
  bad: 'tracepoint:syscalls:sys_enter_openat { print(reg("ip")); }',
  good: 'kprobe:vfs_read { print(reg("ip")); }',
  message: ({ name, probe }) => `${name} can not be used with ${probe} probes.`,
})
