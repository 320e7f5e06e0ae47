import { registers } from '../checker/modern/registers.ts'
import { atLeast } from '../version.ts'
import { defineDiagnostic } from './define.ts'
import { didYouMeanWithin } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'register-unknown',
  severity: 'error',
  title: 'Register that does not exist',
  docs: 'Registers are called as in `struct pt_regs`.',
  bad: 'kprobe:vfs_read { print(reg("rip")); }',
  good: 'kprobe:vfs_read { print(reg("ip")); }',
  message: ({ name }) => `'${name}' is no register of x86_64.`,
  fixes: ({ span, data, source, words }) =>
    didYouMeanWithin(span, data.name, source, [...registers(atLeast(words.catalog.version, '0.24'))]),
})
