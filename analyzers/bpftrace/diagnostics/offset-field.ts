import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'offset-field',
  severity: 'error',
  title: 'offsetof of a field that is not there',
  docs: 'The path names fields of structures.',
  bad: 'struct S { int a; } begin { print(offsetof(struct S, b)); }',
  good: 'struct S { int a; } begin { print(offsetof(struct S, a)); }',
  message: ({ problem }) => `${problem}.`,
})
