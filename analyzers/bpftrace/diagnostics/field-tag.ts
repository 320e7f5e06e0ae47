import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly field: string; readonly tag: string }>({
  code: 'field-tag',
  severity: 'error',
  title: 'Field behind a special pointer',
  docs: 'Pointers that the kernel tags, such as per-CPU ones, cannot be followed plainly.',
  bad: 'begin { print(curtask.mm.rss_stat); }',
  good: 'begin { print(curtask.pid); }',
  message: ({ field, tag }) => `The pointer field '${field}' has the tag ${tag}, which cannot be followed.`,
})
