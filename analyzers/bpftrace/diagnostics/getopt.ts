import { quoted } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'getopt',
  severity: 'error',
  title: 'getopt() that cannot be read',
  docs: 'The option, its default and its description are literals, and the same in all places.',
  bad: 'begin { print(getopt(pid)); }',
  good: 'begin { print(getopt("debug")); }',
  message: ({ problem }) => `${problem}.`,
  fixes: ({ span, data, words }) => (data.problem.includes('string literal') ? quoted(words.tree, span) : []),
})
