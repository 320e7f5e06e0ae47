import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly expected: string; readonly type: string }>({
  code: 'argument-type',
  severity: 'error',
  title: 'Argument of the wrong type',
  docs: 'Each argument of a function has its types.',
  bad: 'begin { @ = sum("x"); }',
  good: 'begin { @ = sum(1); }',
  message: ({ name, expected, type }) => `${name}() takes ${expected}, not ${type}.`,
})
