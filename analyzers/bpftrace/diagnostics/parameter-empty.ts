import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly index: number }>({
  code: 'parameter-empty',
  severity: 'warning',
  title: 'Positional parameter that is not given',
  docs: 'It counts as zero, and as the empty text inside str().',
  bad: 'begin { print($1); }',
  good: 'begin { print(1); }',
  message: ({ index }) => `Positional parameter $${index} is empty or not provided.`,
})
