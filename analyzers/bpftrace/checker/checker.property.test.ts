/** Whatever the text: an answer, in time, with places inside the text. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../test/setup/fast-check.ts'
import { analyze } from '../analyze.ts'
import { diagnostics } from '../diagnostics/index.ts'
import { noKernelFacts } from '../no-kernel-facts.ts'
import { requireVersion } from '../version.ts'

const seeds = Object.values(diagnostics).flatMap(({ bad, good }) => [bad, good])
const versions = ['0.17.0', '0.23.2', '0.27.1'].map(requireVersion)
const words = seeds.flatMap((seed) => seed.match(/[$@]?\w+|[^\s\w]/g) ?? [])

/** A program with a few words taken out, put in or doubled. */
const mutated = fc
  .record({
    seed: fc.constantFrom(...seeds),
    edits: fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...words)), { minLength: 1, maxLength: 6 }),
  })
  .map(({ seed, edits }) => {
    const parts: string[] = seed.match(/\s+|[$@]?\w+|[^\s\w]/g) ?? []
    for (const [at, action, word] of edits) {
      const index = at % Math.max(1, parts.length)
      if (action === 0) parts.splice(index, 1)
      else if (action === 1) parts.splice(index, 0, word, ' ')
      else parts.splice(index, 0, ...parts.slice(index, index + 5))
    }
    return parts.join('')
  })

function judge(program: string) {
  for (const bpftrace of versions) {
    const { diagnostics: found } = analyze(program, { bpftrace, kernel: noKernelFacts })
    for (const { span, message, fixes } of found) {
      expect(span.start).toBeGreaterThanOrEqual(0)
      expect(span.end).toBeGreaterThanOrEqual(span.start)
      expect(span.end).toBeLessThanOrEqual(program.length)
      expect(message).not.toBe('')
      for (const { edits } of fixes) for (const edit of edits) expect(edit.span.end).toBeLessThanOrEqual(program.length)
    }
  }
}

describe('analyze', () => {
  it('answers for any mutation of a program', () => fc.assert(fc.property(mutated, judge), runs(600)))

  it('answers for any text', () => fc.assert(fc.property(fc.string({ unit: 'grapheme' }), judge), runs(200)))

  it('says the same twice', () =>
    fc.assert(
      fc.property(mutated, (program) => {
        const [bpftrace] = versions
        if (!bpftrace) return
        const once = analyze(program, { bpftrace, kernel: noKernelFacts }).diagnostics
        expect(analyze(program, { bpftrace, kernel: noKernelFacts }).diagnostics).toEqual(once)
      }),
      runs(100),
    ))

  it.each([
    ['parentheses', `begin { print(${'('.repeat(20_000)}1${')'.repeat(20_000)}); }`],
    ['operators', `begin { print(${'1+'.repeat(20_000)}1); }`],
    ['negations', `begin { print(${'-'.repeat(20_000)}1); }`],
    ['branches', `begin { ${'if (pid) { '.repeat(3_000)}${'}'.repeat(3_000)} }`],
    ['types', `begin { let $x : int8${'*'.repeat(20_000)}; }`],
    ['assignments', `begin { ${'$a = $b; $b = $a; '.repeat(2_000)} }`],
  ])('survives nested or endless %s', (_, program) => judge(program))

  it('does not let macros multiply without end', () => {
    const levels = Array.from({ length: 40 }, (_, i) => `macro m${i + 1}(a) { m${i}(a) + m${i}(a) }`).join('\n')
    const began = performance.now()
    judge(`macro m0(a) { a }\n${levels}\nbegin { print(m40(1)); }`)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
