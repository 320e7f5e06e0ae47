import type { Fix } from '../../diagnostic.ts'
import type { Node, Probe } from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import { probesOf, rule, textOf } from '../rule.ts'

/** Values that are new almost every time. */
const alwaysNew = new Set(['nsecs', 'elapsed', 'rand', 'jiffies'])

export default rule({
  code: 'unbounded-keys',
  title: 'Map key that never repeats',
  severity: 'warning',
  verdict: 'caution',
  docs: `A key made of a time or a random number is new at every event. The map fills up to its maximum (4096 entries by
default), after which nothing is recorded any more. Use a value that repeats, divide the time into steps, or delete
entries when they are done with.`,
  bad: 'tracepoint:syscalls:sys_enter_openat { @[nsecs] = count(); }',
  good: 'tracepoint:syscalls:sys_enter_openat { @[nsecs / 1000000000] = count(); }',
  *check(context) {
    const deleted = deletedMaps(context.tree.program)
    for (const probe of probesOf(context)) {
      const found: { node: Node; key: Node }[] = []
      const times = clockVariables(probe)
      walk(probe, (node) => {
        const target = node.kind === 'Assignment' ? node.target : node.kind === 'Update' ? node.operand : undefined
        if (target?.kind !== 'MapAccess') return
        const { map, keys } = target
        if (deleted.has(map.name)) return
        const key = keys.find((each) => isAlwaysNew(each, times))
        if (key !== undefined) found.push({ node, key })
      })
      for (const { key } of found) {
        yield {
          span: key.span,
          message: `\`${textOf(context, key)}\` is a new key at every event: the map fills up and then records nothing`,
          fixes: bySecond(key, textOf(context, key)),
        }
      }
    }
  },
})

/** A time can be divided into seconds; a random number is no key at all. */
function bySecond(key: Node, text: string): Fix[] {
  if (key.kind !== 'Identifier' || (key.name !== 'nsecs' && key.name !== 'elapsed')) return []
  const newText = `${text} / 1000000000`
  return [{ title: `Group by second: \`${newText}\``, edits: [{ span: key.span, newText }], safe: false }]
}

function isAlwaysNew(key: Node, times: ReadonlySet<string>): boolean {
  if (key.kind === 'Parenthesized') return isAlwaysNew(key.expression, times)
  if (key.kind === 'Tuple') return key.elements.some((each) => isAlwaysNew(each, times))
  if (key.kind === 'Variable') return times.has(key.name)
  if (key.kind === 'Call' && key.callee.text === 'strftime') {
    const [format] = key.arguments
    return format?.kind === 'StringLiteral' && /%f/.test(format.value)
  }
  if (key.kind === 'Call') return alwaysNew.has(key.callee.text)
  return key.kind === 'Identifier' && alwaysNew.has(key.name)
}

/** Variables that hold nothing but the time or a random number. */
function clockVariables(probe: Probe): Set<string> {
  const names = new Set<string>()
  const others = new Set<string>()
  walk(probe, (node) => {
    if (node.kind !== 'Assignment' || node.target.kind !== 'Variable') return
    const isClock = node.operator === '=' && isAlwaysNew(node.value, new Set())
    ;(isClock ? names : others).add(node.target.name)
  })
  return new Set([...names].filter((name) => !others.has(name)))
}

function deletedMaps(program: Node): Set<string> {
  const names = new Set<string>()
  walk(program, (node) => {
    if (node.kind !== 'Call' || !['delete', 'clear'].includes(node.callee.text)) return
    const [map] = node.arguments
    if (map?.kind === 'MapReference') names.add(map.name)
    if (map?.kind === 'MapAccess') names.add(map.map.name)
  })
  return names
}
