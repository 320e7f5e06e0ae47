import { defineDiagnostic } from './define.ts'
import { replace } from './fixes.ts'

export default defineDiagnostic<{
  readonly old: string
  readonly current: string
  readonly start: number
  readonly end: number
}>({
  code: 'older-spelling',
  severity: 'hint',
  origin: 'rule',
  title: 'Older spelling',
  docs: 'This version knows a newer way to write the same.',
  bad: 'kfunc:vfs_read { print(1); }',
  good: 'fentry:vfs_read { print(1); }',
  message: ({ old, current }) => `'${old}' is written '${current}' today.`,
  fixes: ({ data }) => replace({ start: data.start, end: data.end }, data.current, true),
})
