import type { Node } from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import { probesOf, rule } from '../rule.ts'

const MANY_UNROLLED = 100
/** Rounds of nested loops together; the verifier follows each of them. */
const MANY_ROUNDS = 10_000

export default rule({
  code: 'big-loop',
  title: 'Loop that the verifier may not follow to its end',
  severity: 'warning',
  verdict: 'caution',
  docs: `The kernel's verifier walks through every round of a bounded loop and gives up after a million instructions; an
unrolled loop is copied as often as it runs. Large bounds and nested loops therefore fail to load, and where they load
they hold up the traced program. Lower the bound, or collect in a map and work on it from \`interval\` or \`end\`.`,
  bad: 'begin { for $i : 0..1000 { for $j : 0..1000 { @ = $i * $j; } } }',
  good: 'begin { for $i : 0..10 { @[$i] = $i; } }',
  *check(context) {
    for (const probe of probesOf(context)) {
      const found: { node: Node; rounds: number; nested: boolean }[] = []
      const open: { end: number; rounds: number }[] = []
      walk(probe.body, (node) => {
        while ((open.at(-1)?.end ?? Infinity) <= node.span.start) open.pop()
        const own = roundsOf(node)
        if (own === undefined) return
        const rounds = (open.at(-1)?.rounds ?? 1) * own
        if (rounds > MANY_ROUNDS || (node.kind === 'Unroll' && own > MANY_UNROLLED)) {
          found.push({ node, rounds, nested: open.length > 0 })
        }
        open.push({ end: node.span.end, rounds })
      })
      for (const { node, rounds, nested } of found) {
        const keyword = context.tree.source.slice(node.span.start).match(/^\w+/)?.[0] ?? 'loop'
        const what = nested ? 'Nested loops run' : `This \`${keyword}\` runs`
        yield {
          span: { start: node.span.start, end: node.span.start + keyword.length },
          message: `${what} ${rounds.toLocaleString('en')} rounds in each event: the verifier may refuse it, and it holds up what is traced`,
        }
      }
    }
  },
})

/** `undefined` for what is no loop; a bound that is not written in the program counts as one round. */
function roundsOf(node: Node): number | undefined {
  if (node.kind === 'Unroll') return node.count.kind === 'IntegerLiteral' ? Number(node.count.value ?? 1n) : 1
  if (node.kind === 'While') return 1
  if (node.kind !== 'For') return undefined
  const { iterable } = node
  if (iterable.kind !== 'Range' || iterable.start.kind !== 'IntegerLiteral' || iterable.end.kind !== 'IntegerLiteral')
    return 1
  return Math.max(Number((iterable.end.value ?? 0n) - (iterable.start.value ?? 0n)), 1)
}
