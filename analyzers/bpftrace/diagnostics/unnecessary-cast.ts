import { withoutNeedlessCast } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly type: string; readonly end: number }>({
  code: 'unnecessary-cast',
  severity: 'warning',
  title: 'Cast to the type that it has',
  docs: 'The cast changes nothing.',
  bad: 'begin { $a = (uint64)1; $b = (uint64)$a; print($b); }',
  good: 'begin { $a = (uint64)1; $b = $a; print($b); }',
  tags: ['unnecessary'],
  message: ({ type }) => `Unnecessary cast: the expression is already of type ${type}.`,
  fixes: ({ span, words }) => withoutNeedlessCast(words.tree, span),
})
