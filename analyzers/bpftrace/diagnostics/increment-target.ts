import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly operator: string }>({
  code: 'increment-target',
  severity: 'error',
  title: '++ or -- on what cannot be assigned',
  docs: 'They change a variable or a map.',
  bad: 'BEGIN { pid++; }',
  good: 'BEGIN { $a = 1; $a++; print($a); }',
  exampleVersion: '0.17.0',
  message: ({ operator }) => `${operator} takes a map or variable.`,
})
