import { defineDiagnostic } from './define.ts'
import { calleeMean } from './fixes.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'type-argument-misplaced',
  severity: 'error',
  title: 'typeof() as argument of a function',
  docs: 'Only macros take types.',
  bad: 'begin { print(typeof(1)); }',
  good: 'begin { print(sizeof(int32)); }',
  message: () => 'typeof() is an argument for macros that take a type.',
  fixes: ({ span, source, words }) => calleeMean(span, source, words),
})
