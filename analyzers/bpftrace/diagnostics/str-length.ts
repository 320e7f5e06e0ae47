import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly length: string; readonly limit: number }>({
  code: 'str-length',
  severity: 'warning',
  title: 'Length beyond the longest string',
  docs: 'max_strlen in the config block sets the longest.',
  bad: 'kprobe:vfs_read { print(str(arg0, 5000)); }',
  good: 'kprobe:vfs_read { print(str(arg0, 50)); }',
  message: ({ length, limit }) =>
    `The length ${length} is too long and will be shortened to ${limit} bytes (see max_strlen).`,
})
