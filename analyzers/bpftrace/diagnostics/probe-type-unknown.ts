import { defineDiagnostic } from './define.ts'
import { probeTypeMean } from './fixes.ts'

export default defineDiagnostic<{ readonly provider: string }>({
  code: 'probe-type-unknown',
  severity: 'error',
  title: 'Probe type that does not exist',
  docs: 'The word before the first colon of an attach point names a probe type. This version knows no such type; the spelling or the version may be off.',
  bad: 'kprob:vfs_read { }',
  good: 'kprobe:vfs_read { }',
  message: ({ provider }) => `Invalid probe type: ${provider}.`,
  fixes: ({ span, data, source, words }) => probeTypeMean(span, data.provider, source, words),
})
