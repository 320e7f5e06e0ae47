import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly expected: number; readonly found: number }>({
  code: 'format-arguments',
  severity: 'error',
  title: 'More or fewer values than conversions',
  docs: 'Every conversion of the format prints one value.',
  bad: 'begin { printf("%d %d\\n", 1); }',
  good: 'begin { printf("%d %d\\n", 1, 2); }',
  message: ({ expected, found }) => `The format has ${expected} conversion(s), but there are ${found} value(s).`,
})
