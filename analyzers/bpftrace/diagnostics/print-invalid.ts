import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'print-invalid',
  severity: 'error',
  title: 'Value that print() cannot print',
  docs: 'print() takes one value, or a map with the number of entries and a divisor.',
  bad: 'begin { print(1, 2); }',
  good: 'begin { print(1); }',
  message: ({ problem }) => `print(): ${problem}.`,
})
