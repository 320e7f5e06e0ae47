import { explicitCast } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly type: string; readonly target: string }>({
  code: 'implicit-cast',
  severity: 'warning',
  title: 'Conversion that may change the value',
  docs: 'A cast that the program does not write goes to a type that does not hold all values.',
  bad: 'begin { $b = (int64)-1; let $a : uint16 = $b; print($a); }',
  good: 'begin { $b = (int64)-1; let $a : uint16 = (uint16)$b; print($a); }',
  message: ({ type, target }) =>
    `${type} is converted to ${target}, which may change the value; an explicit cast silences this.`,
  fixes: ({ span, data, words }) => explicitCast(words.tree, span, data.target),
})
