import type { Fix } from '../../diagnostic.ts'
import type { Assignment, Node } from '../../syntax/ast.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { probesOf, type RuleContext, rule, textOf } from '../rule.ts'

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
    const deleted = deletedMaps(context)
    for (const probe of probesOf(context)) {
      const { assignments, updates } = nodesIn(probe)
      const times = clockVariables(assignments)
      const found: Node[] = []
      const look = (target: Node) => {
        if (target.kind !== 'MapAccess' || deleted.has(target.map.name)) return
        const key = target.keys.find((each) => isAlwaysNew(each, times))
        if (key !== undefined) found.push(key)
      }
      for (const { target } of assignments) look(target)
      for (const { operand } of updates) look(operand)
      for (const key of found) {
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
function clockVariables(assignments: readonly Assignment[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { target, operator, value } of assignments) {
    if (target.kind === 'Variable' && operator === '=' && isAlwaysNew(value, noNames)) names.add(target.name)
  }
  if (names.size === 0) return noNames
  for (const { target, operator, value } of assignments) {
    if (target.kind === 'Variable' && !(operator === '=' && isAlwaysNew(value, noNames))) names.delete(target.name)
  }
  return names
}

const noNames: ReadonlySet<string> = new Set()

function deletedMaps({ tree }: RuleContext): ReadonlySet<string> {
  const names = new Set<string>()
  for (const item of tree.program.items) {
    for (const { callee, arguments: given } of nodesIn(item).calls) {
      if (callee.text !== 'delete' && callee.text !== 'clear') continue
      const [map] = given
      if (map?.kind === 'MapReference') names.add(map.name)
      if (map?.kind === 'MapAccess') names.add(map.map.name)
    }
  }
  return names
}
