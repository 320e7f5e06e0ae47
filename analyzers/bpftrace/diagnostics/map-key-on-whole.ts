import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'map-key-on-whole',
  severity: 'error',
  title: 'Key on a map that is meant as a whole',
  docs: 'The function works on all entries.',
  bad: 'BEGIN { @a[1] = 1; clear(@a[1]); }',
  good: 'BEGIN { @a[1] = 1; clear(@a); }',
  exampleVersion: '0.17.0',
  message: ({ name }) => `The map passed to ${name}() should not be indexed by a key.`,
})
