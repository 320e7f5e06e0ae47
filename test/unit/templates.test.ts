/** Every template, with many random valid parameters, as every version that it is for. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../analyzers/bpftrace/analyze.ts'
import { format } from '../../analyzers/bpftrace/format.ts'
import { renderTemplate } from '../../analyzers/bpftrace/templates/render.ts'
import { templates } from '../../analyzers/bpftrace/templates/templates.generated.ts'
import { atLeast, requireVersion } from '../../analyzers/bpftrace/version.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'
import { parametersArbitrary } from '../template-parameters.ts'

const kernel = await createKernelFacts({ source: 'snapshot' })
const versions = ['0.17.0', '0.27.1'].map(requireVersion)

describe.each(templates.map((each) => [each.name, each] as const))('%s', (_, template) => {
  test('renders formatted programs without errors', { timeout: 60_000 }, () => {
    const declared = versions.filter((version) => atLeast(version, template.since))
    fc.assert(
      fc.property(parametersArbitrary(template), (given) => {
        for (const bpftrace of declared) {
          const { program } = renderTemplate(template, given, { bpftrace, kernel })
          const errors = analyze(program, { bpftrace, kernel }).diagnostics.filter(
            ({ severity }) => severity === 'error',
          )
          expect(
            errors.map(({ message }) => message),
            program,
          ).toEqual([])
          expect(format(program).changed).toBe(false)
        }
      }),
      { numRuns: 100 },
    )
  })
})
