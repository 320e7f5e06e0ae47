import { defineDiagnostic } from './define.ts'
import { removeStatement } from './fixes.ts'

export default defineDiagnostic<{ readonly what: string }>({
  code: 'unreachable',
  severity: 'warning',
  title: 'Code that nothing reaches',
  docs: 'A jump or exit() before it always leaves.',
  bad: 'begin { return; print(1); }',
  good: 'begin { print(1); return; }',
  tags: ['unnecessary'],
  message: ({ what }) => `${what} is unreachable.`,
  // Perhaps it is the jump that should go, so this is no safe one.
  fixes: ({ span, data, source }) =>
    data.what === 'Statement' ? removeStatement(span, source, 'Remove the statement') : [],
})
