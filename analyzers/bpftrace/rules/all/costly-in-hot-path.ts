import type { Node, Probe } from '../../syntax/ast.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { hotProbes, isFiltered, often, rule, textOf } from '../rule.ts'

/** Calls and builtins that take about a microsecond or more, and what to do instead. */
const costly: ReadonlyMap<string, string> = new Map(
  Object.entries({
    kstack: 'sample stacks with `profile` or filter first',
    ustack: 'sample stacks with `profile` or filter first',
    str: 'use an integer key and look the name up later',
    join: 'record only the program name with `comm`',
    buf: 'record sizes instead of contents',
    path: 'record the inode or the file system instead',
    skboutput: 'capture with tcpdump instead',
  }),
)

export default rule({
  code: 'costly-in-hot-path',
  title: 'Stack or string in a hot probe',
  severity: 'warning',
  verdict: 'caution',
  docs: `Walking a stack or copying a string costs around a microsecond, ten times what a counter costs. In a probe that
fires tens of thousands of times a second on each CPU that alone takes several percent of the machine. Filter first, or
sample.`,
  bad: 'tracepoint:sched:sched_switch { @[kstack] = count(); }',
  good: 'profile:hz:99 { @[kstack] = count(); }',
  byProbe: true,
  *check(context) {
    for (const each of hotProbes(context)) {
      const { load, probe } = each
      if (isFiltered(each)) continue
      const said = new Set<string>()
      for (const { node, name } of costlyNodes(probe)) {
        if (said.has(textOf(context, node))) continue
        said.add(textOf(context, node))
        yield {
          span: node.span,
          message: `\`${textOf(context, node)}\` runs at every event of \`${load.attachPoint.text}\`, ${often(each, load.eventsPerSecond, context.estimate.cpus)}: ${costly.get(name)}`,
        }
      }
    }
  },
})

/** Costly parts that no condition stands before, in source order. */
function costlyNodes(probe: Probe): { node: Node; name: string }[] {
  const { calls, identifiers, conditions } = nodesIn(probe)
  const found: { node: Node; name: string }[] = []
  for (const node of calls) if (costly.has(node.callee.text)) found.push({ node, name: node.callee.text })
  for (const node of identifiers) if (costly.has(node.name)) found.push({ node, name: node.name })
  const branches = conditions.flatMap(({ consequent, alternate }) => [consequent, ...(alternate ? [alternate] : [])])
  return found
    .filter(({ node }) => isWithin(node, probe.body) && !branches.some((branch) => isWithin(node, branch)))
    .sort((a, b) => a.node.span.start - b.node.span.start)
}

const isWithin = ({ span: inner }: Node, { span: outer }: Node) => outer.start <= inner.start && inner.end <= outer.end
