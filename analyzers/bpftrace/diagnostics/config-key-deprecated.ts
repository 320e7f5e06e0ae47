import { defineDiagnostic } from './define.ts'
import { removeStatement } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string; readonly start: number; readonly end: number }>({
  code: 'config-key-deprecated',
  severity: 'warning',
  title: 'Config key without effect',
  docs: 'What this key switched is decided otherwise now; the line can go.',
  bad: 'config = { unstable_macro=enable } begin { }',
  good: 'begin { }',
  tags: ['deprecated'],
  message: ({ name }) => `${name} is deprecated and has no effect.`,
  fixes: ({ span, source }) => removeStatement(span, source, 'Remove the setting', true),
})
