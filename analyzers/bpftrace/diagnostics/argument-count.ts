import { withoutSurplus, withUsual } from '../repair/calls.ts'
import { defineDiagnostic } from './define.ts'
import { deleteByAccess } from './fixes.ts'

export default defineDiagnostic<{
  readonly name: string
  readonly least: number
  readonly most: number
  readonly found: number
}>({
  code: 'argument-count',
  severity: 'error',
  title: 'Wrong number of arguments',
  docs: 'Every function takes a certain number of arguments.',
  bad: 'begin { print(strncmp("a", "b")); }',
  good: 'begin { print(strncmp("a", "b", 1)); }',
  message: ({ name, least, most, found }) =>
    `${name}() takes ${least === most ? least : `${least} to ${most}`} argument(s), not ${found}.`,
  fixes: ({ span, data: { name, most, found }, source, words: { tree } }) => {
    if (name === 'delete') return deleteByAccess(span, source)
    return found > most ? withoutSurplus(tree, span, most) : withUsual(tree, span, name)
  },
})
