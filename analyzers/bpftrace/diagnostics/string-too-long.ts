import { withSetting } from '../repair/config.ts'
import { nodeAt } from '../repair/find.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly limit: number }>({
  code: 'string-too-long',
  severity: 'error',
  title: 'String literal that is too long',
  docs: 'max_strlen in the config block sets the longest.',
  bad: 'config = { max_strlen=8 } begin { $a = "more than eight"; }',
  good: 'begin { $a = "more than eight"; print($a); }',
  message: ({ limit }) => `The string is longer than ${limit} bytes.`,
  fixes: ({ span, words }) => {
    const literal = nodeAt(words.tree, span, 'StringLiteral')
    const bytes = literal ? new TextEncoder().encode(literal.value).length + 1 : 0
    return bytes > 0 ? withSetting(words.tree, words.catalog, 'max_strlen', String(bytes)) : []
  },
})
