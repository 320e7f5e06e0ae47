import { fittingStack } from '../repair/calls.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly problem: string }>({
  code: 'stack-arguments',
  severity: 'error',
  title: 'Arguments that a stack cannot have',
  docs: 'A stack takes a mode and a limit of at most 1024 frames.',
  bad: 'begin { print(kstack(5000)); }',
  good: 'begin { print(kstack(50)); }',
  message: ({ name, problem }) => `${name}() ${problem}.`,
  fixes: ({ span, data, words }) => fittingStack(words.tree, span, data.problem),
})
