import { defineDiagnostic } from './define.ts'
import { choose } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'clock-unknown',
  severity: 'error',
  title: 'Clock that does not exist',
  docs: 'nsecs() knows monotonic, boot, tai and sw_tai.',
  bad: 'begin { print(nsecs(realtime)); }',
  good: 'begin { print(nsecs(boot)); }',
  message: ({ name }) => `Invalid timestamp mode: ${name}.`,
  fixes: ({ span, data, source }) => choose(span, data.name, source, ['monotonic', 'boot', 'tai', 'sw_tai']),
})
