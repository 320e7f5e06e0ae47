import { oneEach } from '../repair/probes.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'iter-attach-points',
  severity: 'error',
  title: 'iter beside other attach points',
  docs: 'A probe has one iterator, alone.',
  bad: 'iter:task, iter:task_file { }',
  good: 'iter:task { }',
  exampleVersion: '0.17.0',
  message: () => 'Only a single iter attach point is allowed.',
  fixes: ({ span, words }) => oneEach(words.tree, span),
})
