import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'array-comparison',
  severity: 'error',
  title: 'Arrays that cannot be compared',
  docs: 'Only arrays of integers of one size and length can be told equal.',
  bad: 'begin { $a = pton("127.0.0.1"); $b = pton("::1"); if ($a == $b) { print(1); } }',
  good: 'begin { $a = pton("127.0.0.1"); $b = pton("127.0.0.2"); if ($a == $b) { print(1); } }',
  message: () => 'Only arrays of the same size and of integers of the same size can be compared.',
})
