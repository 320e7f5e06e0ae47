import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly type: string }>({
  code: 'variable-value-invalid',
  severity: 'error',
  title: 'Value that no variable can hold',
  docs: 'Histograms and the like live in maps only.',
  bad: 'begin { @h = hist(1); $a = @h; }',
  good: 'begin { @h = hist(1); print(@h); }',
  message: ({ type }) => `A value of type '${type}' cannot be assigned to a scratch variable.`,
})
