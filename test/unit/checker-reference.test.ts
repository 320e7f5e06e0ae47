/**
 * The 303 faulty programs of the language reference: the checker says the same as 0.27.1 and 0.17.0 did, at the same
 * line. What the machine of the recording lacked (functions, tracepoints, binaries) is no fault and left out by message.
 */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { analyze } from '../../analyzers/bpftrace/analyze.ts'
import type { Diagnostic } from '../../analyzers/bpftrace/diagnostic.ts'
import type { KernelFacts } from '../../analyzers/bpftrace/kernel-facts.ts'
import { requireVersion } from '../../analyzers/bpftrace/version.ts'
import { snapshotFacts } from '../../services/kernel/snapshot.ts'
import { ofMachine } from '../machine-faults.ts'

interface Said {
  readonly severity: string | null
  readonly messages: readonly { readonly line: number; readonly severity: string; readonly message: string }[]
}
interface Entry {
  readonly id: string
  readonly program: string
  readonly unsafe: boolean
  readonly newest: Said
  readonly classic: Said
}

const fixture = new URL('../fixtures/checker/reference-diagnostics.json', import.meta.url)
const { entries } = JSON.parse(readFileSync(fixture, 'utf8')) as { readonly entries: readonly Entry[] }

/** The symbol is looked up in a binary. */
const needsBinary: ReadonlySet<string> = new Set(['uaddr-unknown'])

let kernel: KernelFacts
beforeAll(async () => {
  kernel = await snapshotFacts('It is the one that tests use.')
})

const lineOf = (program: string, { span }: Diagnostic) => program.slice(0, span.start).split('\n').length

describe.each([
  ['0.27.1', 'newest'],
  ['0.17.0', 'classic'],
] as const)('as %s says', (version, which) => {
  const judged = entries.filter((entry) => {
    const { severity, messages } = entry[which]
    return (
      !needsBinary.has(entry.id) &&
      (severity === 'error' || severity === 'warning') &&
      messages.length > 0 &&
      !messages.some(({ message }) => ofMachine.test(message))
    )
  })

  it.each(judged.map((entry) => [entry.id, entry] as const))('%s', (_, { program, unsafe, ...said }) => {
    const { severity, messages } = said[which]
    const found = analyze(program, { bpftrace: requireVersion(version), kernel, unsafe }).diagnostics
    const own = found.filter((diagnostic) => diagnostic.origin === 'compiler' && diagnostic.severity === severity)
    const lines = messages.map(({ line }) => line)
    expect(
      own.map((diagnostic) => lineOf(program, diagnostic)).filter((line) => lines.includes(line)),
      program,
    ).not.toEqual([])
    if (severity === 'warning')
      expect(
        found.filter((diagnostic) => diagnostic.severity === 'error'),
        program,
      ).toEqual([])
  })

  it('concerns most of the reference', () => expect(judged.length).toBeGreaterThan(200))
})
