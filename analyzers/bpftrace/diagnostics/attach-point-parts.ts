import { otherCount } from '../repair/attach-points.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly provider: string; readonly expected: string; readonly found: number }>({
  code: 'attach-point-parts',
  severity: 'error',
  title: 'Attach point with too few or too many parts',
  docs: 'The parts of an attach point stand between colons, and every probe type takes a certain number of them.',
  bad: 'tracepoint:sched_switch { }',
  good: 'tracepoint:sched:sched_switch { }',
  message: ({ provider, expected, found }) => `${provider} takes ${expected} argument(s), not ${found}.`,
  fixes: ({ span, data, source, words }) => {
    // Before 0.19 the language of a function had no place of its own; C++ names were found without it.
    const language = /:cpp(?=:)/.exec(source.slice(span.start, span.end))
    if (!language) {
      const most = Math.max(...data.expected.split(' or ').map(Number))
      return otherCount(words.tree, span, most, words.kernel.names('tracepoint'))
    }
    const start = span.start + language.index
    return [{ title: 'Remove `:cpp`', edits: [{ span: { start, end: start + 4 }, newText: '' }], safe: false }]
  },
})
