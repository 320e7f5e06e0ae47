import { importAtTop } from '../repair/statements.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'import-statement',
  severity: 'error',
  title: 'Import inside a block',
  docs: 'Imports stand at the top of a script; inside blocks they are for the standard library.',
  bad: 'begin { import "stdlib/x.bt"; }',
  good: 'begin { }',
  message: () => 'An import has to stand at the top of the script.',
  fixes: ({ span, words }) => importAtTop(words.tree, span),
})
