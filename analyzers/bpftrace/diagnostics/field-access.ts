import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly field: string; readonly type: string }>({
  code: 'field-access',
  severity: 'error',
  title: 'Field of what is no structure',
  docs: 'Only structures, unions and records have fields.',
  bad: 'begin { $a = 1; print($a.x); }',
  good: 'begin { $a = (x=1, y=2); print($a.x); }',
  message: ({ field, type }) => `Can not access field '${field}' on an expression of type '${type}'.`,
})
