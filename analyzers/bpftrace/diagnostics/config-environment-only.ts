import { nodeAt } from '../repair/find.ts'
import { removal } from '../repair/statements.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'config-environment-only',
  severity: 'error',
  title: 'Setting that only the environment can give',
  docs: 'Some settings are needed before a script is read, so they exist as environment variables only.',
  bad: 'config = { btf="x" } begin { }',
  good: 'begin { }',
  message: ({ name }) => `${name} can only be set as an environment variable.`,
  fixes: ({ span, words }) => {
    const entry = nodeAt(words.tree, span, 'ConfigEntry')
    return entry ? removal(words.tree, entry, 'Remove the setting') : []
  },
})
