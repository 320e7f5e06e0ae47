import { defineDiagnostic } from './define.ts'
import { replace } from './fixes.ts'

export default defineDiagnostic<{ readonly keyword: string; readonly where: string }>({
  code: 'jump-disallowed',
  severity: 'error',
  title: 'Jump where there is nothing to jump out of',
  docs: '`break` and `continue` belong into loops. A macro has no way out of its own, and in the body of a `for` a call of exit() cannot end the probe.',
  bad: 'begin { break; }',
  good: 'begin { for ($i : 0..3) { break; } }',
  message: ({ keyword, where }) => `'${keyword}' is not allowed in a ${where}.`,
  // What leaves a loop leaves the probe where there is none.
  fixes: ({ span, data }) =>
    data.keyword === 'return' ? [] : replace({ start: span.start, end: span.start + data.keyword.length }, 'return'),
})
