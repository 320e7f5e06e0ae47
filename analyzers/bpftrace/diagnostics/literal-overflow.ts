import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'literal-overflow',
  severity: 'error',
  title: 'Literals whose result does not fit',
  docs: 'Arithmetic of literals is done while compiling, in 64 bits.',
  bad: 'begin { print(1 / 0); }',
  good: 'begin { print(1 / 2); }',
  message: ({ problem }) => `The result of these literals cannot be computed: ${problem}.`,
})
