import { bareText, withSign } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'
import { valueMean } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'identifier-unknown',
  severity: 'error',
  title: 'Word that means nothing',
  docs: 'A bare word is a builtin, a macro, an enumerator, or a constant of C.',
  bad: 'begin { print(comn); }',
  good: 'begin { print(comm); }',
  message: ({ name }) => `Unknown identifier: '${name}'.`,
  fixes: ({ span, data, source, words }) => {
    const [signed] = withSign(words.tree, span, data.name)
    if (signed) return [signed]
    const near = valueMean(span, data.name, source, words)
    return near.length > 0 ? near : bareText(words.tree, span)
  },
})
