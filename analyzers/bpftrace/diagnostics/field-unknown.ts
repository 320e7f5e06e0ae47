import { defineDiagnostic } from './define.ts'
import { didYouMean } from './fixes.ts'

export default defineDiagnostic<{
  readonly field: string
  readonly type: string
  readonly candidates: readonly string[]
  readonly start: number
  readonly end: number
}>({
  code: 'field-unknown',
  severity: 'error',
  title: 'Field that the structure does not have',
  docs: 'Structures come from the script or the kernel; a field may be spelled otherwise or exist in other kernels.',
  bad: 'struct S { int first; } kprobe:vfs_read { $s = (struct S *)arg0; print($s.frist); }',
  good: 'struct S { int first; } kprobe:vfs_read { $s = (struct S *)arg0; print($s.first); }',
  message: ({ field, type }) => `${type} does not contain a field named '${field}'.`,
  fixes: ({ data }) => didYouMean({ start: data.start, end: data.end }, data.field, data.candidates),
})
