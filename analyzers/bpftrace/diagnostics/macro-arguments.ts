import { withoutSurplus } from '../repair/calls.ts'
import { defineDiagnostic } from './define.ts'
import { deleteOneByOne } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string; readonly expected: number; readonly found: number }>({
  code: 'macro-arguments',
  severity: 'error',
  title: 'Arguments that fit no definition of the macro',
  docs: 'A macro is chosen by the number of arguments, and by whether maps and variables stand where it takes those.',
  bad: 'macro m(a) { a } begin { print(m(1, 2)); }',
  good: 'macro m(a) { a } begin { print(m(1)); }',
  message: ({ name, expected, found }) =>
    `${name}() has no definition for these ${found} argument(s); the closest takes ${expected}.`,
  fixes: ({ span, data, source, words }) =>
    data.name === 'delete' ? deleteOneByOne(span, source) : withoutSurplus(words.tree, span, data.expected),
})
