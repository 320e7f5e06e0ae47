/** Prints what the program collects at every interval and starts afresh, so that one sees it over time. */
import { UserError } from '../../../shared/user-error.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { walk } from '../../syntax/visit.ts'
import type { Composed } from '../composed.ts'
import { isTimer, probesOf } from '../probes.ts'
import { timerText } from './time-limit.ts'

const aggregates = new Set(['count', 'sum', 'min', 'max', 'avg', 'stats', 'hist', 'lhist'])

/** @throws UserError when the program collects nothing, or not in the maps that are asked for. */
export function addSeries(tree: SyntaxTree, interval: string, asked: readonly string[] | undefined): Composed {
  const collected = collectedMaps(tree)
  const wanted = asked?.map((name) => (name.startsWith('@') ? name : `@${name}`)) ?? collected
  const unknown = wanted.find((name) => !collected.includes(name))
  if (unknown !== undefined || wanted.length === 0) {
    throw new UserError({
      code: 'INVALID_ARGUMENT',
      message:
        unknown === undefined
          ? 'The program collects nothing in maps that could be printed over time.'
          : `The program collects nothing in ${unknown}.`,
      hint: collected.length > 0 ? `It collects in ${collected.join(', ')}.` : 'Count something first: `@ = count()`.',
    })
  }
  const printed = printedByTimers(tree)
  const maps = wanted.filter((name) => !printed.has(name))
  const notes = wanted
    .filter((name) => printed.has(name))
    .map((name) => `${name} is printed at an interval already and was left as it is.`)
  if (maps.length === 0) return { program: tree.source, notes }
  const statements = maps.map((name) => `print(${name});\n  clear(${name});`)
  const probe = `${timerText(interval)} {\n  time("%H:%M:%S\\n");\n  ${statements.join('\n  ')}\n}`
  notes.push(`${maps.join(', ')}: printed and emptied every ${interval}.`)
  return { program: `${tree.source.trimEnd()}\n\n${probe}\n`, notes }
}

/** Maps that hold aggregates or are counted up. */
function collectedMaps(tree: SyntaxTree): string[] {
  const names = new Set<string>()
  for (const probe of probesOf(tree.program)) {
    walk(probe, (node) => {
      const target =
        node.kind === 'Assignment' && node.value.kind === 'Call' && aggregates.has(node.value.callee.text)
          ? node.target
          : node.kind === 'Update' && node.operator === '++'
            ? node.operand
            : undefined
      const map = target?.kind === 'MapAccess' ? target.map : target
      if (map?.kind === 'MapReference') names.add(map.name)
    })
  }
  return [...names]
}

function printedByTimers(tree: SyntaxTree): Set<string> {
  const names = new Set<string>()
  for (const probe of probesOf(tree.program).filter(isTimer)) {
    walk(probe, (node) => {
      if (node.kind !== 'Call' || node.callee.text !== 'print') return
      const [map] = node.arguments
      if (map?.kind === 'MapReference') names.add(map.name)
    })
  }
  return names
}
