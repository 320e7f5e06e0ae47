import { initialised } from '../repair/declarations.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'variable-before-assignment',
  severity: 'warning',
  title: 'Variable read before it is assigned',
  docs: 'It holds zero until then.',
  bad: 'begin { let $a; print($a); $a = 1; }',
  good: 'begin { let $a = 1; print($a); }',
  message: ({ name }) => `${name} is used before it was assigned.`,
  fixes: ({ span, data, words }) => initialised(words.tree, span, data.name),
})
