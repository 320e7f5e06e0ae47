import { defineDiagnostic } from './define.ts'
import { removeText } from './fixes.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'comptime-unresolved',
  severity: 'error',
  title: 'comptime that needs the program to run',
  docs: 'What stands behind `comptime` has to be known while compiling.',
  bad: 'begin { if comptime (pid > 1) { print(1); } }',
  good: 'begin { if (pid > 1) { print(1); } }',
  message: () => 'This cannot be resolved while compiling.',
  fixes: ({ span, source }) => {
    const keyword = /^comptime\s*/.exec(source.slice(span.start, span.end))?.[0].length ?? 0
    return keyword === 0 ? [] : removeText({ start: span.start, end: span.start + keyword }, 'Remove `comptime`')
  },
})
