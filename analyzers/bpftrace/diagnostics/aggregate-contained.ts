import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly type: string; readonly where: string }>({
  code: 'aggregate-contained',
  severity: 'error',
  title: 'Histogram inside a tuple',
  docs: 'It takes several entries of a map, and has no single value.',
  bad: 'begin { @a = hist(1); $t = (1, @a); }',
  good: 'begin { $t = (1, 2); print($t); }',
  message: ({ type, where }) => `${type} cannot exist inside a ${where}.`,
})
