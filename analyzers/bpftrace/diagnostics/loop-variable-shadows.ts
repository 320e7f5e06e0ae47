import { renamedInLoop } from '../repair/statements.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'loop-variable-shadows',
  severity: 'error',
  title: 'Loop variable that exists already',
  docs: 'The variable of a `for` is a new one.',
  bad: 'begin { $i = 1; for ($i : 0..3) { } }',
  good: 'begin { for ($i : 0..3) { print($i); } }',
  message: ({ name }) => `The loop variable ${name} shadows an existing variable.`,
  fixes: ({ span, data, words }) => renamedInLoop(words.tree, span, data.name),
})
