import { otherArgument } from '../repair/calls.ts'
import { withSetting } from '../repair/config.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{
  readonly length: string
  readonly limit: number
  /** Whether a byte of it is for the end of the text. */
  readonly ends: boolean
}>({
  code: 'str-length',
  severity: 'warning',
  title: 'Length beyond the longest string',
  docs: 'max_strlen in the config block sets the longest.',
  bad: 'kprobe:vfs_read { print(str(arg0, 5000)); }',
  good: 'kprobe:vfs_read { print(str(arg0, 50)); }',
  message: ({ length, limit }) =>
    `The length ${length} is too long and will be shortened to ${limit} bytes (see max_strlen).`,
  fixes: ({ span, data, words }) => [
    ...otherArgument(words.tree, span, 1, String(data.ends ? data.limit - 1 : data.limit), true),
    ...(data.ends ? withSetting(words.tree, words.catalog, 'max_strlen', String(Number(data.length) + 1)) : []),
  ],
})
