import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'signal-invalid',
  severity: 'error',
  title: 'Signal that does not exist',
  docs: 'Signals are named, or numbered from 1 to 64.',
  bad: 'kprobe:f { signal("NOPE"); }',
  good: 'kprobe:f { print(1); }',
  exampleVersion: '0.17.0',
  exampleUnsafe: true,
  message: ({ problem }) => `${problem}.`,
})
