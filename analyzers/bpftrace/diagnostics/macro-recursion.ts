import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly chain: string }>({
  code: 'macro-recursion',
  severity: 'error',
  title: 'Macro that calls itself',
  docs: 'Macros are expanded while compiling, which would never end.',
  bad: 'macro m(a) { m(a) } begin { print(m(1)); }',
  good: 'macro m(a) { a } begin { print(m(1)); }',
  message: ({ chain }) => `Recursive macro call: ${chain}.`,
})
