import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editedPrograms } from '../../../test/edits.ts'
import { analyzeTree } from '../analyze.ts'
import { inspectTree } from '../inspect.ts'
import { noKernelFacts } from '../no-kernel-facts.ts'
import type { Node } from '../syntax/ast.ts'
import { parse } from '../syntax/parse.ts'
import { reparse } from '../syntax/reparse.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { walk } from '../syntax/visit.ts'
import { formatType } from '../types/format.ts'
import { requireVersion } from '../version.ts'
import { JudgeMemory } from './memory.ts'

/** Everything that is said: diagnostics with their fixes, safety, estimate, types of all expressions and maps. */
function said(tree: SyntaxTree, version: string, memory?: JudgeMemory) {
  const options = { bpftrace: requireVersion(version), kernel: noKernelFacts, ...(memory && { memory }) }
  const { analysis, diagnostics, assessment } = inspectTree(tree, options)
  const types: string[] = []
  walk(tree.program, (node: Node) => {
    const type = analysis.typeOf(node)
    if (type) types.push(`${node.kind} ${node.span.start} ${formatType(type)}`)
    if (node.kind !== 'MapReference') return
    const { key, value } = analysis.mapType(node.name) ?? {}
    types.push(`${node.name}[${key && formatType(key)}]: ${value && formatType(value)}`)
  })
  const errors = diagnostics.some(({ severity }) => severity === 'error')
  // A compiler that fails stops inferring, and what it has inferred until then is an accident.
  const { reasons, ...safety } = assessment.safety
  const { probes: _, maps, ...estimate } = assessment.estimate
  return {
    diagnostics,
    safety: { ...safety, reasons: reasons.toSorted() },
    estimate: { ...estimate, maps: maps.toSorted((a, b) => (a.name < b.name ? -1 : 1)) },
    types: errors ? [] : types,
  }
}

describe('a document judged again after each edit', () => {
  test.each(['0.27', '0.17', '0.22'])('is judged by %s as if it were new', (version) => {
    fc.assert(
      fc.property(editedPrograms(6), (versions) => {
        const memory = new JudgeMemory()
        let tree = parse('')
        for (const text of versions) {
          tree = reparse(tree, text)
          expect(said(tree, version, memory)).toEqual(said(parse(text), version))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('probes without a map in common keep their judgement', () => {
    const memory = new JudgeMemory()
    const text = 'BEGIN { @a = 1 }\nkprobe:f { @b = 1 }\nkprobe:g { @c = 1 }\nEND { @a = 2 }\n'
    const before = parse(text)
    said(before, '0.27', memory)
    const known = [...memory.parts.values()]
    said(reparse(before, text.replace('@c = 1', '@c = 12')), '0.27', memory)
    const judgements = [...memory.parts.values()].map(({ judgement }) => judgement)
    expect(known.map(({ judgement }) => judgements.includes(judgement))).toEqual([true, true, false])
  })

  test('of many probes that name one map only those are judged again that tell its type, and those that changed', () => {
    const probe = (n: number) => `kprobe:f${n} { @start[tid] = nsecs; @calls[comm] = count(); }\n`
    const text = Array.from({ length: 40 }, (_, n) => probe(n)).join('')
    const memory = new JudgeMemory()
    const before = parse(text)
    said(before, '0.27', memory)
    const after = reparse(before, text.replace(/(?<=f20 .*)count\(\); /, 'count(); print(@calls["a"]); '))
    said(after, '0.27', memory)
    const [part] = memory.parts.values()
    const judgements = [...(part?.atoms?.values() ?? [])].map(({ judgement }) => judgement)
    expect(judgements.map((each) => each === judgements[0]).indexOf(false)).toBe(20)
    expect(new Set(judgements).size).toBe(2)
  })

  test('where a change tells another type of a map, all that name it are judged again', () => {
    const text = Array.from({ length: 40 }, (_, n) => `kprobe:f${n} { @a[tid] = 1; }\n`).join('')
    const memory = new JudgeMemory()
    const before = parse(text)
    said(before, '0.27', memory)
    const after = reparse(before, text.replace('kprobe:f0 { @a[tid] = 1;', 'kprobe:f0 { @a[tid] = "one";'))
    expect(said(after, '0.27', memory)).toEqual(said(parse(after.source), '0.27'))
    expect([...memory.parts.values()].map(({ atoms }) => atoms)).toEqual([undefined])
  })

  test('a macro is judged with the probes that use it, and no others', () => {
    const memory = new JudgeMemory()
    const text = 'macro more(a) { a + 1 }\nkprobe:f { @a = more(pid); }\nkprobe:g { @b = 1; }\n'
    said(parse(text), '0.27', memory)
    expect([...memory.parts.values()].map(({ roots }) => roots.map(({ kind }) => kind))).toEqual([
      ['Macro', 'Probe'],
      ['Probe'],
    ])
  })

  test('another target is judged anew', () => {
    const memory = new JudgeMemory()
    const tree = parse('kprobe:f { @a = strftime("%H", nsecs) }')
    for (const version of ['0.27', '0.17', '0.27']) {
      expect(said(tree, version, memory)).toEqual(said(parse(tree.source), version))
    }
  })

  test('a changed header is read again', () => {
    const memory = new JudgeMemory()
    const tree = parse('#include "own.h"\nkprobe:f { $s = (struct own *)arg0; print($s->field) }')
    const judged = (header: string) =>
      analyzeTree(tree, { bpftrace: requireVersion('0.27'), kernel: noKernelFacts, memory, readFile: () => header })
        .diagnostics.filter(({ severity }) => severity === 'error')
        .map(({ code }) => code)
    expect(judged('struct own { int field; };')).toEqual([])
    expect(judged('struct own { int other; };')).toEqual(['field-unknown'])
  })
})
