import type { For, Unroll, While } from '../../syntax/ast.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { probesOf, rule } from '../rule.ts'

type Loop = For | While | Unroll

/** Rounds of nested loops together: some hundred microseconds and more in each event. */
const MANY_ROUNDS = 10_000
/** `bpf_loop` refuses more (BPF_MAX_LOOPS in Linux, kernel/bpf/bpf_iter.c) and then runs none at all. */
const MOST_ROUNDS = 1 << 23

export default rule({
  code: 'big-loop',
  title: 'Loop that holds up what is traced',
  severity: 'warning',
  verdict: 'caution',
  docs: `A loop runs inside the event: what is traced waits until its last round, with interrupts off where the probe sits in
an interrupt. Nested loops multiply. Lower the bound, or collect in a map and work on it from \`interval\` or \`end\`.
A \`for\` of more than 8,388,608 rounds is refused by the kernel while it runs, and not one round is made.`,
  bad: 'begin { for $i : 0..1000 { for $j : 0..1000 { @ = $i * $j; } } }',
  good: 'begin { for $i : 0..10 { @[$i] = $i; } }',
  byProbe: true,
  *check(context) {
    for (const probe of probesOf(context)) {
      const found: { node: Loop; rounds: number; own: number; nested: boolean }[] = []
      const open: { end: number; rounds: number }[] = []
      for (const node of nodesIn(probe).loops) {
        while ((open.at(-1)?.end ?? Infinity) <= node.span.start) open.pop()
        const own = roundsOf(node)
        const rounds = (open.at(-1)?.rounds ?? 1) * own
        if (rounds > MANY_ROUNDS) found.push({ node, rounds, own, nested: open.length > 0 })
        open.push({ end: node.span.end, rounds })
      }
      for (const { node, rounds, own, nested } of found) {
        const keyword = context.tree.source.slice(node.span.start).match(/^\w+/)?.[0] ?? 'loop'
        const what = nested ? 'Nested loops run' : `This \`${keyword}\` runs`
        const never = node.kind === 'For' && own > MOST_ROUNDS
        yield {
          span: { start: node.span.start, end: node.span.start + keyword.length },
          message: never
            ? `The kernel allows ${MOST_ROUNDS.toLocaleString('en')} rounds: of ${own.toLocaleString('en')} it runs none`
            : `${what} ${rounds.toLocaleString('en')} rounds in each event and ${nested ? 'hold' : 'holds'} up what is traced`,
        }
      }
    }
  },
})

/** A bound that is not written in the program counts as one round. */
function roundsOf(node: Loop): number {
  if (node.kind === 'Unroll') return node.count.kind === 'IntegerLiteral' ? Number(node.count.value ?? 1n) : 1
  if (node.kind === 'While') return 1
  const { iterable } = node
  if (iterable.kind !== 'Range' || iterable.start.kind !== 'IntegerLiteral' || iterable.end.kind !== 'IntegerLiteral')
    return 1
  return Math.max(Number((iterable.end.value ?? 0n) - (iterable.start.value ?? 0n)), 1)
}
