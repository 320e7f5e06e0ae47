import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'sizeof-argument',
  severity: 'error',
  title: 'sizeof of nothing',
  docs: 'sizeof takes a type or an expression.',
  bad: 'BEGIN { print(sizeof(struct nope)); }',
  good: 'BEGIN { print(sizeof(int64)); }',
  exampleVersion: '0.17.0',
  message: ({ problem }) => `${problem}.`,
})
