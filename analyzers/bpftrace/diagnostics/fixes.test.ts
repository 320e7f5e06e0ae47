/** What the best fix of a program makes of it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { snapshotFacts } from '../../../services/kernel/snapshot.ts'
import { mendedPrograms } from '../../../test/mended-programs.ts'
import { analyze } from '../analyze.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import { requireVersion } from '../version.ts'

let kernel: KernelFacts
beforeAll(async () => {
  kernel = await snapshotFacts('It is the one that tests use.')
})

/** After the first fix that any error, or else any other finding, offers. */
function fixed(program: string, version: string): string | undefined {
  const { diagnostics } = analyze(program, { bpftrace: requireVersion(version), kernel, unsafe: true })
  const rank = { error: 0, warning: 1, info: 2, hint: 3 } as const
  const [fix] = [...diagnostics]
    .sort((a, b) => rank[a.severity] - rank[b.severity])
    .flatMap(({ fixes }) => fixes?.[0] ?? [])
  return (
    fix &&
    [...fix.edits]
      .sort((a, b) => b.span.start - a.span.start)
      .reduce((text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end), program)
  )
}

describe.each(Object.entries(mendedPrograms))('%s', (version, programs) => {
  it.each(programs)('%s', (program, expected) => {
    expect(fixed(program, version)).toBe(expected)
  })
})
