import { otherDeclaredType } from '../repair/declarations.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly type: string }>({
  code: 'declaration-type',
  severity: 'error',
  title: 'Variable of a type that only maps have',
  docs: 'Aggregates are kept in maps.',
  bad: 'begin { let $a : sum_t; }',
  good: 'begin { let $a : int64 = 0; print($a); }',
  message: ({ type }) => `Invalid variable declaration type: ${type}.`,
  fixes: ({ span, words }) => otherDeclaredType(words.tree, span),
})
