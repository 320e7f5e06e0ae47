import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly message: string }>({
  code: 'fail-call',
  severity: 'error',
  title: 'fail() reached while compiling',
  docs: 'The program itself asks for this error.',
  bad: 'begin { fail("stop %d", 1); }',
  good: 'begin { print(1); }',
  message: ({ message }) => `${message}`,
})
