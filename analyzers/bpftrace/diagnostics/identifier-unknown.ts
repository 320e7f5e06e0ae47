import { defineDiagnostic } from './define.ts'
import { valueMean } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'identifier-unknown',
  severity: 'error',
  title: 'Word that means nothing',
  docs: 'A bare word is a builtin, a macro, an enumerator, or a constant of C.',
  bad: 'begin { print(nosuchthing); }',
  good: 'begin { print(pid); }',
  message: ({ name }) => `Unknown identifier: '${name}'.`,
  fixes: ({ span, data, source, words }) => valueMean(span, data.name, source, words),
})
