import { defineDiagnostic } from './define.ts'
import { didYouMeanWithin, stackModes } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'stack-mode-unknown',
  severity: 'error',
  title: 'Stack mode that does not exist',
  docs: 'Stacks are printed in the modes bpftrace, perf, raw and build_id.',
  bad: 'begin { print(kstack(nope)); }',
  good: 'begin { print(kstack(perf)); }',
  message: ({ name }) => `Unknown stack mode: ${name}.`,
  fixes: ({ span, data, source }) => didYouMeanWithin(span, data.name, source, stackModes),
})
