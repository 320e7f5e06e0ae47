import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly what: string; readonly held: string; readonly given: string }>({
  code: 'aggregate-size',
  severity: 'error',
  title: 'Buffer, tuple or array of another size',
  docs: 'The map was made for the first one.',
  bad: 'BEGIN { @a = (1, "x"); @a = ("x", 1); }',
  good: 'BEGIN { @a = (1, "x"); }',
  exampleVersion: '0.17.0',
  message: ({ what, held, given }) => `${what} mismatch: ${held} and ${given}.`,
})
