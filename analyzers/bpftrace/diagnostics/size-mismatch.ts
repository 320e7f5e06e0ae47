import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly what: string; readonly held: number; readonly given: number }>({
  code: 'size-mismatch',
  severity: 'warning',
  title: 'Value longer than what holds it',
  docs: 'It may be truncated.',
  bad: 'BEGIN { $a = buf("x", 1); $a = buf("xyz", 3); }',
  good: 'BEGIN { $a = buf("xyz", 3); print($a); }',
  exampleVersion: '0.17.0',
  message: ({ what, held, given }) => `${what} size mismatch: ${held} < ${given}; the value may be truncated.`,
})
