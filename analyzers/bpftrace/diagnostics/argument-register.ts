import { entersFunction } from '../repair/probes.ts'
import { defineDiagnostic } from './define.ts'
import { replace, stackArgument } from './fixes.ts'

/** So many arguments are handed over in registers. */
const REGISTERS = 6

export default defineDiagnostic<{ readonly name: string }>({
  code: 'argument-register',
  severity: 'error',
  title: 'Argument that is not in a register',
  docs: 'On x86-64 the first six arguments come in registers, arg0 to arg5; the others lie on the stack.',
  bad: 'kprobe:vfs_read { print(arg9); }',
  good: 'kprobe:vfs_read { print(arg5); }',
  message: ({ name }) => `x86_64 does not have ${name} in a register.`,
  fixes: ({ span, data, words }) => {
    const name = `sarg${Number(data.name.slice('arg'.length)) - REGISTERS}`
    if (!entersFunction(words.tree, span)) return []
    return words.catalog.builtin(name) ? replace(span, name) : stackArgument(span, name)
  },
})
