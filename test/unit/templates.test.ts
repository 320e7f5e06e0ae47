/** Every template, with many random valid parameters, as every version that it is for. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../analyzers/bpftrace/analyze.ts'
import { compose } from '../../analyzers/bpftrace/compose/compose.ts'
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

test('every pair of templates composes to one program without errors', { timeout: 120_000 }, () => {
  const bpftrace = requireVersion('0.27.1')
  const programs = templates.map((each) => renderTemplate(each, {}, { bpftrace, kernel }).program)
  const refused: string[] = []
  for (const [first, program] of programs.entries()) {
    for (const [further, other] of programs.slice(first + 1).entries()) {
      const composed = compose([program, other], [], { bpftrace }).program
      const errors = analyze(composed, { bpftrace, kernel }).diagnostics.filter(({ severity }) => severity === 'error')
      const names = `${templates[first]?.name} + ${templates[first + 1 + further]?.name}`
      refused.push(...errors.map(({ message }) => `${names}: ${message}`))
    }
  }
  expect(refused).toEqual([])
})

/** What people were promised a template for, and one that is it. */
test.each([
  ['syscall counts', 'syscall-counts'],
  ['syscall latency', 'syscall-latency'],
  ['latency between any two probes', 'latency-between'],
  ['histograms by key', 'socket-sizes'],
  ['top-N per interval', 'event-counts'],
  ['off-CPU', 'off-cpu'],
  ['run queue', 'run-queue-latency'],
  ['page faults', 'page-faults'],
  ['allocation', 'malloc-sizes'],
  ['block', 'block-latency'],
  ['file systems', 'file-system-latency'],
  ['TCP', 'tcp-connects'],
  ['UDP', 'udp-sizes'],
  ['DNS by uprobe', 'dns-latency'],
  ['TLS by uprobe', 'tls-traffic'],
  ['locks', 'mutex-contention'],
  ['interrupts', 'hard-interrupts'],
  ['signals', 'signals'],
  ['exec', 'process-starts'],
  ['exit', 'process-exits'],
  ['USDT', 'usdt-counts'],
])('%s: %s', (topic, name) => {
  const bpftrace = requireVersion('0.27.1')
  const template = templates.find((each) => each.name === name)
  expect(template).toBeDefined()
  if (template === undefined) return
  const { program } = renderTemplate(template, {}, { bpftrace, kernel })
  if (topic.includes('uprobe')) expect(program).toMatch(/^u(ret)?probe:/m)
  if (topic.includes('histograms')) expect(program).toMatch(/@\w+\[.+\] = hist\(/)
  if (topic.includes('top-N')) {
    const { program: periodic } = renderTemplate(template, { top: 3, interval: '1s' }, { bpftrace, kernel })
    expect(periodic).toMatch(/interval:1s[\s\S]*print\(@\w+, 3\)/)
  }
})
