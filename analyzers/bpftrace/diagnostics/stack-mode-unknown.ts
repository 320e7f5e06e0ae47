import { defineDiagnostic } from './define.ts'
import { choose, stackModes } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'stack-mode-unknown',
  severity: 'error',
  title: 'Stack mode that does not exist',
  docs: 'Stacks are printed in the modes bpftrace, perf, raw and build_id.',
  bad: 'begin { print(kstack(nope)); }',
  good: 'begin { print(kstack(perf)); }',
  message: ({ name }) => `Unknown stack mode: ${name}.`,
  fixes: ({ span, data, source }) => {
    const isKernel = /\bkstack\s*\(\s*$/.test(source.slice(Math.max(0, span.start - 40), span.start))
    // Identifiers of builds are for programs.
    const modes = isKernel ? stackModes.filter((mode) => mode !== 'build_id') : stackModes
    return choose(span, data.name, source, modes)
  },
})
