import { defineDiagnostic } from './define.ts'
import { replace } from './fixes.ts'

export default defineDiagnostic<{ readonly index: number; readonly text: string }>({
  code: 'parameter-text',
  severity: 'error',
  title: 'Positional parameter used as a number but given text',
  docs: 'str($1) takes it as text.',
  bad: 'BEGIN { print($1); }',
  good: 'BEGIN { print(str($1)); }',
  exampleVersion: '0.17.0',
  exampleParams: ['abc'],
  message: ({ index, text }) => `$${index} is used as a number but is "${text}".`,
  fixes: ({ span, data }) => replace(span, `str($${data.index})`),
})
