import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly type: string }>({
  code: 'map-key-invalid',
  severity: 'error',
  title: 'Value that no key can hold',
  docs: 'Keys are numbers, strings, pointers, stacks and tuples of them.',
  bad: 'begin { @a = hist(1); @b[@a] = 1; }',
  good: 'begin { @b[1] = 1; }',
  message: ({ type }) => `A value of type '${type}' cannot be a map key.`,
})
