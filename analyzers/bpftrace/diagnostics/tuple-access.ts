import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly index: number; readonly type: string }>({
  code: 'tuple-access',
  severity: 'error',
  title: 'Element of what is no tuple',
  docs: '`.0`, `.1` and so on are the elements of tuples.',
  bad: 'begin { $a = 1; print($a.0); }',
  good: 'begin { $a = (1, 2); print($a.0); }',
  message: ({ index, type }) => `Can not access index '${index}' on an expression of type '${type}'.`,
})
