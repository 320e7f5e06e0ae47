import { fittingMacroArgument } from '../repair/macros.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly expected: string }>({
  code: 'macro-argument-kind',
  severity: 'error',
  title: 'Argument of another kind than the macro takes',
  docs: 'A parameter with `$` takes a variable, one with `@` a map; any other takes an expression.',
  bad: 'macro m($a) { $a += 1; } begin { m(1); }',
  good: 'macro m($a) { $a += 1; } begin { $x = 1; m($x); }',
  message: ({ name, expected }) => `${name}() takes a ${expected} here.`,
  fixes: ({ span, data, words }) => fittingMacroArgument(words.tree, span, data.expected),
})
