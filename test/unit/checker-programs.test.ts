/** The table of small programs: what the checker says of each, for the newest version and for the classic one. */
import { beforeAll, describe, expect, it } from 'vitest'
import { analyze } from '../../analyzers/bpftrace/analyze.ts'
import type { KernelFacts } from '../../analyzers/bpftrace/kernel-facts.ts'
import { requireVersion } from '../../analyzers/bpftrace/version.ts'
import { snapshotFacts } from '../../services/kernel/snapshot.ts'
import { checkedPrograms } from '../checker-programs.ts'

let kernel: KernelFacts
beforeAll(async () => {
  kernel = await snapshotFacts('It is the one that tests use.')
})

function codes(program: string, version: string): string {
  const { diagnostics } = analyze(program, { bpftrace: requireVersion(version), kernel })
  return diagnostics
    .filter(({ origin }) => origin === 'compiler')
    .sort((a, b) => a.span.start - b.span.start || a.code.localeCompare(b.code))
    .map(({ code }) => code)
    .join(' ')
}

describe.each(Object.entries(checkedPrograms))('%s', (_, programs) => {
  it.each(programs)('%s', (program, newest, classic) => {
    expect({ newest: codes(program, '0.27.1'), classic: codes(program, '0.17.0') }).toEqual({ newest, classic })
  })
})
