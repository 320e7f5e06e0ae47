/** Every diagnostic holds what its own file says: the bad example has it, the good one does not, the fix removes it. */
import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { analyze } from '../../analyzers/bpftrace/analyze.ts'
import type { Diagnostic, TextEdit } from '../../analyzers/bpftrace/diagnostic.ts'
import type { DiagnosticDefinition } from '../../analyzers/bpftrace/diagnostics/define.ts'
import { diagnostics } from '../../analyzers/bpftrace/diagnostics/index.ts'
import type { KernelFacts } from '../../analyzers/bpftrace/kernel-facts.ts'
import { requireVersion } from '../../analyzers/bpftrace/version.ts'
import { snapshotFacts } from '../../services/kernel/snapshot.ts'

const definitions = Object.values(diagnostics) as readonly DiagnosticDefinition<never>[]

/** Reported only with a file reader, or only by a kernel of another shape. */
const needsMore: ReadonlySet<string> = new Set(['import-not-found', 'field-tag'])

/** What was meant is anybody's guess, or there is no other way to write it: no honest fix. */
const withoutFix: ReadonlySet<string> = new Set([
  'address-invalid',
  'address-space-mismatch',
  'aggregate-contained',
  'aggregate-size',
  'array-comparison',
  'assignment-in-type',
  'builtin-outside-probe',
  'c-macro',
  'fail-call',
  'field-access',
  'function-unavailable',
  'import-type-unknown',
  'literal-overflow',
  'macro-recursion',
  'map-key-invalid',
  'parameter-empty',
  'scalar-map-iteration',
  'size-mismatch',
  'string-always-empty',
  'type-argument-misplaced',
  'unsafe-address',
  'unsafe-function',
  'variable-value-invalid',
])

let kernel: KernelFacts
beforeAll(async () => {
  kernel = await snapshotFacts('It is the one that tests use.')
})

function report(definition: DiagnosticDefinition<never>, program: string): readonly Diagnostic[] {
  const { exampleVersion = '0.27.1', exampleUnsafe = false, exampleParams = [] } = definition
  return analyze(program, {
    bpftrace: requireVersion(exampleVersion),
    kernel,
    unsafe: exampleUnsafe,
    params: exampleParams,
  }).diagnostics
}

function apply(program: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end), program)
}

it('lists exactly the files of the folder', () => {
  const folder = new URL('../../analyzers/bpftrace/diagnostics/', import.meta.url)
  const helpers = ['define.ts', 'elide.ts', 'fixes.ts', 'index.ts', 'ignore.ts', 'render.ts']
  const files = readdirSync(folder).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !helpers.includes(file),
  )
  expect(Object.keys(diagnostics).sort()).toEqual(files.map((file) => file.replace('.ts', '')).sort())
  for (const [code, definition] of Object.entries(diagnostics)) expect(definition.code).toBe(code)
})

describe.each(
  definitions.filter(({ code }) => !needsMore.has(code)).map((definition) => [definition.code, definition] as const),
)('%s', (code, definition) => {
  it('is reported for the bad example', () => {
    const found = report(definition, definition.bad).filter((diagnostic) => diagnostic.code === code)
    expect(found.length, JSON.stringify(report(definition, definition.bad))).toBeGreaterThan(0)
    expect(found[0]).toMatchObject({ severity: definition.severity, origin: definition.origin ?? 'compiler' })
    expect(found[0]?.message).not.toMatch(/undefined(?! behavior)|\[object|NaN/)
  })

  it('is not reported for the good example, nor is any error', () => {
    const found = report(definition, definition.good)
    expect(found.filter((diagnostic) => diagnostic.code === code || diagnostic.severity === 'error')).toEqual([])
  })

  it('has a title and a paragraph', () => {
    expect(definition.title).toMatch(/^\S.{4,70}$/)
    expect(definition.title).not.toMatch(/\.$/)
    expect(definition.docs).toMatch(/^[\w`$].*\.$/s)
  })

  if (withoutFix.has(code)) {
    it('offers no fix for the bad example', () => {
      const found = report(definition, definition.bad).filter((diagnostic) => diagnostic.code === code)
      expect(found.flatMap(({ fixes = [] }) => fixes)).toEqual([])
    })
    return
  }

  it('is gone after its fix', () => {
    const first = report(definition, definition.bad).find((diagnostic) => diagnostic.code === code)
    const [fix] = first?.fixes ?? []
    if (!first || !fix) throw new Error('no fix is offered for the bad example')
    const after = report(definition, apply(definition.bad, fix.edits))
    const same = (diagnostic: Diagnostic) => diagnostic.code === code && diagnostic.span.start === first.span.start
    expect(after.filter(same), fix.title).toEqual([])
    expect(after.filter((diagnostic) => diagnostic.code === 'syntax')).toEqual([])
  })
})
