import { defineDiagnostic } from './define.ts'
import { insert } from './fixes.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'discarded-value',
  severity: 'warning',
  title: 'Value that is thrown away',
  docs: 'The statement computes a value that nothing uses.',
  bad: 'begin { 1; }',
  good: 'begin { _ = 1; }',
  message: () => 'The value is discarded.',
  fixes: ({ span }) => insert(span.start, '_ = ', 'Discard it explicitly', true),
})
