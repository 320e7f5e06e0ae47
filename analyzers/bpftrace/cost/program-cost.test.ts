import { expect, test } from 'vitest'
import { JudgeMemory } from '../checker/memory.ts'
import { inspect, inspectTree } from '../inspect.ts'
import { noKernelFacts } from '../no-kernel-facts.ts'
import { parse } from '../syntax/parse.ts'
import { reparse } from '../syntax/reparse.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { requireVersion } from '../version.ts'

const costOf = (program: string) =>
  inspect(program, { bpftrace: requireVersion('0.27'), kernel: noKernelFacts }).assessment.estimate.probes[0]?.cost

test('a branch counts by its share, a loop by its rounds', () => {
  const once = costOf('kprobe:f { printf("a") }')?.messages
  expect(once).toBe(1)
  expect(costOf('kprobe:f { for ($i : 0..7) { printf("a") } }')?.messages).toBe(7)
  expect(costOf('kprobe:f { if (pid == 1) { printf("a") } else { for ($i : 0..7) { printf("a") } } }')?.messages).toBe(
    0.1 + 0.9 * 7,
  )
})

test('what a key or a comparison takes grows with its type', () => {
  const ns = (program: string) => costOf(program)?.ns ?? 0
  expect(ns('kprobe:f { @[str(arg0, 64)] = 1 }')).toBeGreaterThan(ns('kprobe:f { @[str(arg0, 16)] = 1 }'))
  expect(ns('kprobe:f { $s = str(arg0, 64); if ($s == $s) { } }')).toBeGreaterThan(
    ns('kprobe:f { $s = str(arg0, 16); if ($s == $s) { } }'),
  )
})

test('a statement that has not changed takes the types that the program has now', () => {
  const options = { bpftrace: requireVersion('0.27'), kernel: noKernelFacts, memory: new JudgeMemory() }
  const text = 'kprobe:f { $key = (uint8)1; $a = 1; $b = 2; $c = 3; @[$key] = 1; }'
  const keyedBy = ({ program: { items } }: SyntaxTree) =>
    items.find((item) => item.kind === 'Probe')?.body.statements.at(-1)
  const before = parse(text)
  const [narrow, statement] = [inspectTree(before, options).assessment.estimate, keyedBy(before)]
  const after = reparse(before, text.replace('uint8', 'uint64'))
  const wide = inspectTree(after, options).assessment.estimate
  expect(keyedBy(after)).toBe(statement)
  expect(wide.probes[0]?.cost.ns).toBeGreaterThan(narrow.probes[0]?.cost.ns ?? Infinity)
  expect(wide.probes[0]?.cost).toEqual(costOf(after.source))
})

test('names of programs are no names of ours', () => {
  for (const name of ['constructor', 'toString', '__proto__']) {
    expect(costOf(`kprobe:f { $a = ${name}; $b = ${name}(); }`)?.ns).toBeGreaterThan(0)
  }
})
