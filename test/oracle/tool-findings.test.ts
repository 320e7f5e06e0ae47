/**
 * What our rules say of the tools of Debian's bpftrace packages, as a list that was read line by line: each finding is
 * right, and a change of a rule shows here what it does to real programs. `vitest -u` writes the list anew; read it then.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inspect } from '../../analyzers/bpftrace/inspect.ts'
import { placerFor } from '../../analyzers/bpftrace/placed-diagnostic.ts'
import { formatVersion, requireVersion } from '../../analyzers/bpftrace/version.ts'
import { cacheFolder } from '../../scripts/shared/paths.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'

const suites = ['bookworm', 'trixie', 'sid']

test('the findings on the tools of three Debian releases are those that were read', async () => {
  const kernel = await createKernelFacts({ source: 'snapshot' })
  const lines: string[] = []
  let tools = 0
  for (const suite of suites) {
    const tree = join(cacheFolder(), 'debian', suite)
    const bpftrace = requireVersion(readFileSync(join(tree, '.tracewright-tree'), 'utf8').trim().split(' ')[1] ?? '')
    const folder = join(tree, 'usr/sbin')
    const names = readdirSync(folder).filter((name) => name.endsWith('.bt'))
    tools += names.length
    for (const name of names.sort()) {
      const source = readFileSync(join(folder, name), 'utf8')
      const { assessment } = inspect(source, { bpftrace, kernel, unsafe: true })
      const { verdict, reasons } = assessment.safety
      lines.push(`${name} (bpftrace ${formatVersion(bpftrace)}): ${verdict}`)
      const place = placerFor(source)
      for (const { span, severity, code, message } of assessment.diagnostics) {
        lines.push(`  ${place(span).line} ${severity} ${code}: ${message}`)
      }
      const own = new Set(assessment.diagnostics.map(({ message }) => message))
      for (const reason of reasons) if (!own.has(reason)) lines.push(`  because: ${reason}`)
    }
  }
  expect(tools).toBe(116)
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../fixtures/tools/findings.txt')
})
