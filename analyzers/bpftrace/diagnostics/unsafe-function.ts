import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'unsafe-function',
  severity: 'error',
  title: 'Function that needs --unsafe',
  docs: 'It acts on the machine instead of only watching.',
  bad: 'begin { system("ls"); }',
  good: 'begin { print(1); }',
  message: ({ name }) => `${name}() is unsafe; it needs --unsafe.`,
})
