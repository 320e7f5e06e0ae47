import { otherPart } from '../repair/attach-points.ts'
import { freeName } from '../repair/find.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'probe-name-duplicate',
  severity: 'error',
  title: 'Two test or bench probes of one name',
  docs: 'The name of a test or benchmark is how its result is told from others.',
  bad: 'test:a { } test:a { }',
  good: 'test:a { } test:b { }',
  message: ({ name }) => `"${name}" is the name of more than one probe.`,
  fixes: ({ span, data, words }) => {
    const name = freeName(words.tree, data.name)
    return otherPart(words.tree, span, 1, name, `Rename it to \`${name}\``)
  },
})
