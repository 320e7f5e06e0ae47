import { fittingArgument } from '../repair/calls.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly expected: string; readonly type: string }>({
  code: 'argument-type',
  severity: 'error',
  title: 'Argument of the wrong type',
  docs: 'Each argument of a function has its types.',
  bad: 'kprobe:do_nanosleep { if (strncmp(arg0, "x", 1) == 0) { print(1); } }',
  good: 'kprobe:do_nanosleep { if (strncmp(str(arg0), "x", 1) == 0) { print(1); } }',
  message: ({ name, expected, type }) => `${name}() takes ${expected}, not ${type}.`,
  fixes: ({ span, data, words }) => {
    const [, due] = /^(string|int(?:eger)?) arguments?$/.exec(data.expected) ?? []
    return due === undefined ? [] : fittingArgument(words.tree, span, data.type, due === 'string' ? due : 'uint64')
  },
})
