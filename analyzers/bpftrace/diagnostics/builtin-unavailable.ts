import { argumentField, otherType, probeTypesWith } from '../repair/probes.ts'
import { defineDiagnostic } from './define.ts'
import { replace } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string; readonly probe: string; readonly instead: string }>({
  code: 'builtin-unavailable',
  severity: 'error',
  title: 'Builtin that this probe does not have',
  docs: 'Arguments exist where a function is entered, return values where it returns, `args` where the types are known.',
  bad: 'kprobe:vfs_read { print(retval); }',
  good: 'kretprobe:vfs_read { print(retval); }',
  message: ({ name, probe, instead }) =>
    `${name} is not available in ${probe} probes${instead ? `; try ${instead}` : ''}.`,
  fixes: ({ span, data, words }) =>
    data.instead === ''
      ? [
          ...otherType(words.tree, span, probeTypesWith(data.name, words.catalog)),
          ...argumentField(words, span, data.name),
        ]
      : replace(span, data.instead),
})
