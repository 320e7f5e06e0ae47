import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly problem: string }>({
  code: 'config-value-invalid',
  severity: 'error',
  title: 'Value that a config key cannot have',
  docs: 'Each key takes a number, a boolean, or one word of a list.',
  bad: 'config = { missing_probes=skip } begin { }',
  good: 'config = { missing_probes=warn } begin { }',
  message: ({ name, problem }) => `${name}: ${problem}.`,
})
