import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'unsafe-address',
  severity: 'error',
  title: 'Probe at a bare address',
  docs: 'A kernel address is handed on unchecked, so it needs `--unsafe`.',
  bad: 'kprobe:0xffffffff81000000 { }',
  good: 'kprobe:vfs_read { }',
  message: () => 'Probing by address requires --unsafe.',
})
