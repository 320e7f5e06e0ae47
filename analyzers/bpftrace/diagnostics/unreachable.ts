import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly what: string }>({
  code: 'unreachable',
  severity: 'warning',
  title: 'Code that nothing reaches',
  docs: 'A jump or exit() before it always leaves.',
  bad: 'begin { return; print(1); }',
  good: 'begin { print(1); return; }',
  tags: ['unnecessary'],
  message: ({ what }) => `${what} is unreachable.`,
})
