import { defineDiagnostic } from './define.ts'
import { replace } from './fixes.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'unroll-count',
  severity: 'error',
  title: 'unroll without a literal count from 1 to 100',
  docs: 'The block is copied that many times while compiling.',
  bad: 'begin { unroll(200) { @a = 1; } }',
  good: 'begin { unroll(2) { @a = 1; } }',
  message: ({ problem }) => `The count of unroll ${problem}.`,
  fixes: ({ span, source }) => {
    const head = /^(unroll\s*\(?\s*)(\d{3,})(?!\w)/.exec(source.slice(span.start, span.end))
    const [, before = '', count = ''] = head ?? []
    const start = span.start + before.length
    return head ? replace({ start, end: start + count.length }, '100') : []
  },
})
