import { assignInstead } from '../repair/declarations.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'macro-argument-shadowed',
  severity: 'error',
  title: 'Declaration that hides a parameter of the macro',
  docs: 'A parameter with `$` is a variable of the caller.',
  bad: 'macro m($a) { let $a = 1; } begin { $x = 1; m($x); }',
  good: 'macro m($a) { $a = 1; } begin { $x = 1; m($x); }',
  message: ({ name }) => `The declaration of ${name} hides a parameter of the macro.`,
  fixes: ({ span, data, words }) => assignInstead(words.tree, span, data.name),
})
