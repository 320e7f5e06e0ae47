import { describe, expect, test } from 'vitest'
import { analyze } from '../analyze.ts'
import { applyEdits } from '../apply-edits.ts'
import { catalogFor } from '../catalog/index.ts'
import { estimate } from '../cost/estimate.ts'
import { noKernelFacts } from '../no-kernel-facts.ts'
import type { ProgramContext } from '../program-context.ts'
import { collectSymbols } from '../symbols.ts'
import { newestVersion } from '../version.ts'
import { estimatesOf, probesOf, type Rule, type RuleContext } from './rule.ts'
import { rules } from './rules.generated.ts'
import { assess, assessWith } from './safety.ts'

function contextOf(program: string): ProgramContext {
  const analysis = analyze(program, { bpftrace: newestVersion, kernel: noKernelFacts, unsafe: true })
  return {
    tree: analysis.tree,
    catalog: catalogFor(newestVersion),
    kernel: noKernelFacts,
    symbols: collectSymbols(analysis.tree, { blockScoped: true }),
    types: { typeOf: analysis.typeOf, map: analysis.mapType },
  }
}

function ruleContext(program: string, example: Rule['example'] = {}): RuleContext {
  const config = example.config === undefined ? {} : { config: new Map(Object.entries(example.config)) }
  const { tracepoints } = example
  const names = tracepoints && {
    coverage: { ...noKernelFacts.coverage, tracepoints: 'complete' as const },
    names: (kind: string) => (kind === 'tracepoint' ? tracepoints : []),
  }
  const context = { ...contextOf(program), kernel: { ...noKernelFacts, ...config, ...names } }
  return { ...context, kernelRelease: example.kernel ?? '', estimate: estimate(context, { cpus: 4 }) }
}

describe.each(rules.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  const findings = (program: string) =>
    assessWith([rule], ruleContext(program, rule.example)).diagnostics.map((each) => each.code)

  test('reports its bad example once', () => {
    expect(findings(rule.bad)).toEqual([code])
  })

  test('says nothing of its good example', () => {
    expect(findings(rule.good)).toEqual([])
  })

  test('its examples are programs without errors', () => {
    for (const program of [rule.bad, rule.good]) {
      const { diagnostics } = analyze(program, {
        bpftrace: newestVersion,
        kernel: noKernelFacts,
        unsafe: true,
        params: ['1'],
      })
      expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([])
    }
  })

  test('every fix of its bad example takes the finding away', () => {
    const [finding] = assessWith([rule], ruleContext(rule.bad, rule.example)).diagnostics
    for (const fix of finding?.fixes ?? []) expect(findings(applyEdits(rule.bad, fix.edits))).toEqual([])
  })
})

const keptWithProbes = rules.filter((rule) => rule.byProbe)

test.each(keptWithProbes)('what $code finds in a probe needs no types and no other probe', (rule) => {
  const asked = (): never => {
    throw new Error('A type has been asked for')
  }
  const known = ruleContext(`${rule.bad}\n${rule.good}\n${rule.bad}`, rule.example)
  const context = { ...known, types: { typeOf: asked, map: asked } }
  const together = [...rule.check(context)]
  const { tree } = context
  const alone = [...probesOf(context)].flatMap((probe) => [
    ...rule.check({
      ...context,
      tree: { ...tree, program: { ...tree.program, items: [probe] } },
      estimate: { ...context.estimate, probes: estimatesOf(context, probe) },
    }),
  ])
  expect(together.length).toBeGreaterThan(1)
  expect(alone).toEqual(together)
})

describe('the verdict', () => {
  const verdict = (program: string) => assess(contextOf(program), { cpus: 4 }).safety

  test('is safe where nothing fires often', () => {
    expect(verdict('tracepoint:syscalls:sys_enter_execve { @[comm] = count(); }')).toEqual({
      verdict: 'safe',
      needsUnsafe: false,
      reasons: [],
    })
  })

  test('is caution for a hot probe, with the reason', () => {
    const { verdict: said, reasons } = verdict('tracepoint:raw_syscalls:sys_enter { @ = count(); }')
    expect(said).toBe('caution')
    expect(reasons[0]).toContain('sys_enter')
  })

  test('is dangerous where the program acts on the machine, and says that it needs --unsafe', () => {
    expect(verdict('begin { system("id"); }')).toMatchObject({ verdict: 'dangerous', needsUnsafe: true })
  })

  test('puts the worst reason first', () => {
    const { reasons } = verdict('tracepoint:raw_syscalls:sys_enter { @ = count(); signal("KILL"); }')
    expect(reasons[0]).toContain('signal')
  })

  test('is given for any text', () => {
    for (const text of ['', '{', 'kprobe:', 'begin { @[', 'interval:s: { unroll(', 'profile:hz:0 {}'])
      expect(verdict(text).verdict).toBeDefined()
  })
})
