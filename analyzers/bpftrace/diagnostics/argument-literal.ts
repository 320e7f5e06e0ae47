import { asTuple, inlineLiterals, throughFormat } from '../repair/calls.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly expected: string; readonly type: string }>({
  code: 'argument-literal',
  severity: 'error',
  title: 'Argument that has to be a literal',
  docs: 'It is needed while compiling.',
  bad: 'begin { $a = "x"; printf($a); }',
  good: 'begin { printf("x"); }',
  message: ({ name, expected, type }) => `${name}() takes a literal ${expected} here${type ? `, not ${type}` : ''}.`,
  fixes: ({ span, data: { name, expected, type }, words: { tree } }) => {
    if (expected !== 'string') {
      return [...(name === 'print' ? asTuple(tree, span) : []), ...inlineLiterals(tree, span, 'IntegerLiteral')]
    }
    return [...(type === 'string' ? throughFormat(tree, span) : []), ...inlineLiterals(tree, span, 'StringLiteral')]
  },
})
