import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly provider: string; readonly expected: string; readonly found: number }>({
  code: 'attach-point-parts',
  severity: 'error',
  title: 'Attach point with too few or too many parts',
  docs: 'The parts of an attach point stand between colons, and every probe type takes a certain number of them.',
  bad: 'tracepoint:syscalls { }',
  good: 'tracepoint:syscalls:sys_enter_openat { }',
  // Before 0.19 the language of a function had no place of its own; C++ names were found without it.
  fixes: ({ span, source }) => {
    const language = /:cpp(?=:)/.exec(source.slice(span.start, span.end))
    if (!language) return []
    const start = span.start + language.index
    return [{ title: 'Remove `:cpp`', edits: [{ span: { start, end: start + 4 }, newText: '' }], safe: false }]
  },
  message: ({ provider, expected, found }) => `${provider} takes ${expected} argument(s), not ${found}.`,
})
