import type { Node, Statement } from '../../syntax/ast.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { probesOf, rule, textOf } from '../rule.ts'

export default rule({
  code: 'async-order',
  title: 'Map is changed before it is printed',
  severity: 'warning',
  verdict: null,
  docs: `\`print(@map)\` only asks bpftrace to print; it reads the map some milliseconds later. An assignment or \`delete\` in
the program takes effect at once, so what is printed is the map after it. \`clear(@map)\` and \`zero(@map)\` are asked for
in the same way and keep their order: a map that is cleared first is printed empty.`,
  bad: 'interval:s:1 { print(@total); @total = 0; } tracepoint:syscalls:sys_enter_openat { @total += 1; }',
  good: 'interval:s:1 { print(@total); zero(@total); } tracepoint:syscalls:sys_enter_openat { @total = count(); }',
  byProbe: true,
  *check(context) {
    for (const probe of probesOf(context)) {
      const { calls, blocks } = nodesIn(probe)
      if (!calls.some(({ callee }) => callee.text === 'print')) continue
      for (const block of blocks) {
        const printed = new Map<string, Node>()
        const cleared = new Map<string, Node>()
        for (const statement of block.statements) {
          const map = mapOf(statement, 'print')
          const clear = map === undefined ? undefined : cleared.get(map.name)
          if (map !== undefined && clear !== undefined) {
            yield {
              span: statement.span,
              message: `\`${map.name}\` is empty when it is printed: it is cleared first`,
              related: [{ span: clear.span, message: 'Cleared here' }],
            }
          }
          if (map !== undefined) {
            printed.set(map.name, map)
            continue
          }
          const emptied = mapOf(statement, 'clear')
          if (emptied !== undefined && !printed.has(emptied.name)) cleared.set(emptied.name, emptied)
          const changed = changedMap(statement)
          if (changed !== undefined) cleared.delete(changed)
          const print = changed === undefined ? undefined : printed.get(changed)
          if (print === undefined) continue
          yield {
            span: statement.span,
            message: `\`${changed}\` is printed after this change, not before it: \`print\` reads the map later`,
            related: [{ span: print.span, message: `\`${textOf(context, print)}\` is only asked to be printed here` }],
          }
        }
      }
    }
  },
})

/** The whole map that a statement hands to `print` or `clear`. */
function mapOf(statement: Statement, called: 'print' | 'clear') {
  if (statement.kind !== 'ExpressionStatement' || statement.expression.kind !== 'Call') return undefined
  const [map] = statement.expression.arguments
  // A value `print(@map[key])` is copied at once.
  return statement.expression.callee.text === called && map?.kind === 'MapReference' ? map : undefined
}

function changedMap(statement: Statement): string | undefined {
  if (statement.kind === 'Assignment') {
    const { target } = statement
    return target.kind === 'MapReference' ? target.name : target.kind === 'MapAccess' ? target.map.name : undefined
  }
  if (statement.kind !== 'ExpressionStatement' || statement.expression.kind !== 'Call') return undefined
  const [map] = statement.expression.arguments
  if (statement.expression.callee.text !== 'delete') return undefined
  return map?.kind === 'MapReference' ? map.name : map?.kind === 'MapAccess' ? map.map.name : undefined
}
