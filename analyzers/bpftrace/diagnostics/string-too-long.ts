import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly limit: number }>({
  code: 'string-too-long',
  severity: 'error',
  title: 'String literal that is too long',
  docs: 'max_strlen in the config block sets the longest.',
  bad: 'config = { max_strlen=8 } begin { $a = "more than eight"; }',
  good: 'begin { $a = "more than eight"; print($a); }',
  message: ({ limit }) => `The string is longer than ${limit} bytes.`,
})
