import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly operator: string; readonly types: string }>({
  code: 'operator-invalid',
  severity: 'error',
  title: 'Operator that these operands do not have',
  docs: 'Arithmetic is for numbers; pointers can be moved and compared; strings only compared for equality.',
  bad: 'begin { $a = "x" * "y"; }',
  good: 'begin { $a = 2 * 3; print($a); }',
  message: ({ operator, types }) => `The ${operator} operator can not be used on ${types}.`,
})
