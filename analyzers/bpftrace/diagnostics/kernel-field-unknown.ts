import { defineDiagnostic } from './define.ts'
import { didYouMean } from './fixes.ts'

export default defineDiagnostic<{
  readonly field: string
  readonly type: string
  readonly kernel: string
  readonly candidates: readonly string[]
  readonly start: number
  readonly end: number
}>({
  code: 'kernel-field-unknown',
  severity: 'warning',
  origin: 'rule',
  title: 'Field that the kernel judged for does not have',
  docs: 'Structures of the kernel change between releases. The bundled snapshot stands in for a kernel that is not at hand, so this may be a misspelling or a field of another release. Judge for the running kernel to know.',
  bad: 'kprobe:vfs_read { print(((struct task_struct *)curtask)->pdi); }',
  good: 'kprobe:vfs_read { print(((struct task_struct *)curtask)->pid); }',
  message: ({ field, type, kernel }) =>
    `${type} has no field \`${field}\` in Linux ${kernel}, of which the snapshot is`,
  fixes: ({ data }) => didYouMean({ start: data.start, end: data.end }, data.field, data.candidates),
})
