import { defineDiagnostic } from './define.ts'
import { replace } from './fixes.ts'

export default defineDiagnostic<{ readonly type: string }>({
  code: 'probe-return',
  severity: 'error',
  title: 'Probe that returns something else than a number',
  docs: 'The kernel takes an integer.',
  bad: 'begin { return "x"; }',
  good: 'begin { return 1; }',
  message: ({ type }) => `A probe can only return integers, not ${type}.`,
  fixes: ({ span, source }) => (source.startsWith('return', span.start) ? replace(span, 'return') : []),
})
