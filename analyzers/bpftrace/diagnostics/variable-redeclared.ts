import { assignInstead } from '../repair/declarations.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'variable-redeclared',
  severity: 'error',
  title: 'Variable declared twice',
  docs: 'Within reach of a variable no other of its name can be declared.',
  bad: 'begin { let $a = 1; let $a = 2; }',
  good: 'begin { let $a = 1; $a = 2; }',
  message: ({ name }) => `${name} was already declared; variables cannot be shadowed.`,
  fixes: ({ span, data, words }) => assignInstead(words.tree, span, data.name),
})
