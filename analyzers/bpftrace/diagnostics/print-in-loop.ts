import { afterLoop } from '../repair/statements.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'print-in-loop',
  severity: 'warning',
  title: 'Map printed inside a loop',
  docs: 'print() works when the tracer gets to it, so it shows what the map has become by then.',
  bad: 'begin { @a[1] = 1; for ($i : 0..2) { print(@a); } }',
  good: 'begin { @a[1] = 1; print(@a); }',
  message: () => 'print() of a map in a loop shows what the map holds when it is printed, not now.',
  fixes: ({ span, words }) => afterLoop(words.tree, span),
})
