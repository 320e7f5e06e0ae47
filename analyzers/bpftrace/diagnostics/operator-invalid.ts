import { pointersAsNumbers } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly operator: string; readonly types: string }>({
  code: 'operator-invalid',
  severity: 'error',
  title: 'Operator that these operands do not have',
  docs: 'Arithmetic is for numbers; pointers can be moved and compared; strings only compared for equality.',
  bad: 'kprobe:vfs_read { $a = (int8 *)arg0; print($a * 2); }',
  good: 'kprobe:vfs_read { $a = arg0; print($a * 2); }',
  message: ({ operator, types }) => `The ${operator} operator can not be used on ${types}.`,
  fixes: ({ span, data, words }) => pointersAsNumbers(words.tree, span, data.types),
})
