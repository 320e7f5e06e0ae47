import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'string-always-empty',
  severity: 'warning',
  title: 'String literal cut to nothing',
  docs: 'Adding a number to a literal drops that many characters.',
  bad: 'begin { print("abc" + 5); }',
  good: 'begin { print("abc" + 1); }',
  message: () => 'The literal string will always be empty.',
})
