import { initialised, withoutDeclaration } from '../repair/declarations.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'variable-never-assigned',
  severity: 'warning',
  title: 'Variable that is never assigned',
  docs: 'It is declared and stays zero.',
  bad: 'begin { let $a : int64; print(1); }',
  good: 'begin { let $a : int64 = 1; print($a); }',
  message: ({ name }) => `${name} was never assigned to.`,
  fixes: ({ span, data, words: { tree } }) => {
    const removed = withoutDeclaration(tree, span, data.name)
    return removed.length > 0 ? removed : initialised(tree, span, data.name)
  },
})
