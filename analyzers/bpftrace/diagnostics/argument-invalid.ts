import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly problem: string }>({
  code: 'argument-invalid',
  severity: 'error',
  title: 'Argument that the function cannot take',
  docs: 'The value is of the right type, but not one that makes sense.',
  bad: 'begin { @ = lhist(1, 10, 5, 1); }',
  good: 'begin { @ = lhist(1, 0, 10, 1); }',
  message: ({ name, problem }) => `${name}(): ${problem}.`,
})
