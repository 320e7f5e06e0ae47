import { initialised } from '../repair/declarations.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'type-unresolved',
  severity: 'error',
  title: 'Type that nothing decides',
  docs: 'Nothing in the program says what this is.',
  bad: 'begin { let $a; print($a); }',
  good: 'begin { let $a = 1; print($a); }',
  message: ({ name }) => `The type of ${name} cannot be resolved.`,
  fixes: ({ span, data, words }) => initialised(words.tree, span, data.name),
})
