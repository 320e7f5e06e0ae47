import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'map-key-on-whole',
  severity: 'error',
  title: 'Key on a map that is meant as a whole',
  docs: 'The function works on all entries.',
  bad: 'BEGIN { @a[1] = 1; clear(@a[1]); }',
  good: 'BEGIN { @a[1] = 1; clear(@a); }',
  exampleVersion: '0.17.0',
  message: ({ name }) => `The map passed to ${name}() should not be indexed by a key.`,
  fixes: ({ span, source }) => {
    const call = /^(\w+\s*\(\s*@\w*)(\[[^[\]]*\])/.exec(source.slice(span.start, span.end))
    const [, before = '', key = ''] = call ?? []
    const start = span.start + before.length
    return call
      ? [{ title: 'Remove the key', edits: [{ span: { start, end: start + key.length }, newText: '' }], safe: false }]
      : []
  },
})
