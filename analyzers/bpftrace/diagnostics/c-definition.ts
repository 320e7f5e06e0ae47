import { knownCType } from '../repair/c-types.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'c-definition',
  severity: 'error',
  title: 'C text that clang refuses',
  docs: 'Structures, enums and macros of a script are C, and clang reads them.',
  bad: 'struct S { itn a; } begin { print(sizeof(struct S)); }',
  good: 'struct S { int a; } begin { print(sizeof(struct S)); }',
  message: ({ problem }) => `${problem}.`,
  fixes: ({ span, data, source, words }) => knownCType(words, span, data.problem, source),
})
