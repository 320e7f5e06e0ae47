import { defineDiagnostic } from './define.ts'
import { replace } from './fixes.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'debugf',
  severity: 'warning',
  title: 'debugf in use',
  docs: 'It writes to the trace pipe that all tracers share, and is meant for debugging.',
  bad: 'begin { debugf("x"); }',
  good: 'begin { printf("x"); }',
  message: () => 'debugf() is not recommended for production use.',
  fixes: ({ span, source }) =>
    source.startsWith('debugf', span.start) ? replace({ start: span.start, end: span.start + 6 }, 'printf') : [],
})
