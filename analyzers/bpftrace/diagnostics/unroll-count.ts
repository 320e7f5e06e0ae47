import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'unroll-count',
  severity: 'error',
  title: 'unroll without a literal count from 1 to 100',
  docs: 'The block is copied that many times while compiling.',
  bad: 'begin { unroll(200) { @a = 1; } }',
  good: 'begin { unroll(2) { @a = 1; } }',
  message: ({ problem }) => `The count of unroll ${problem}.`,
})
