import { defineDiagnostic } from './define.ts'
import { choose } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'namespace-unknown',
  severity: 'error',
  title: 'Namespace that does not exist',
  docs: 'pid() and tid() take curr_ns or init.',
  bad: 'begin { print(pid(other)); }',
  good: 'begin { print(pid(init)); }',
  message: ({ name }) => `Invalid PID namespace mode: ${name} (curr_ns or init).`,
  fixes: ({ span, data, source }) => choose(span, data.name, source, ['curr_ns', 'init']),
})
