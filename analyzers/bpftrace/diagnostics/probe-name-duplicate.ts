import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'probe-name-duplicate',
  severity: 'error',
  title: 'Two test or bench probes of one name',
  docs: 'The name of a test or benchmark is how its result is told from others.',
  bad: 'test:a { } test:a { }',
  good: 'test:a { } test:b { }',
  message: ({ name }) => `"${name}" is the name of more than one probe.`,
})
