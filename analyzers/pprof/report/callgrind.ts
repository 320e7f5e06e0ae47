/** A profile in the text format of Valgrind's callgrind, for KCachegrind and QCachegrind, as google/pprof writes it. */
import type { Frame } from '../frames.ts'
import { truncateToInt64 } from '../int64.ts'
import type { Profile } from '../profile.ts'
import { scale } from '../units.ts'
import { sortEdges } from './node-order.ts'
import { chooseUnit, makeReport, type ReportOptions } from './report.ts'
import { flatOf, type ReportNode } from './report-graph.ts'
import { leastValues } from './tables.ts'
import { trimmedGraph } from './trim.ts'

export function* callgrindText(profile: Profile, options: ReportOptions): Generator<string> {
  const report = makeReport(profile, { ...options, granularity: 'address', binaries: true })
  const graph = trimmedGraph(report, { nodecount: 0, trim: false, honorsCallTree: true })
  const unit = chooseUnit(report, leastValues(graph), true)
  const { type, unit: own } = report.view.sampleType
  const cost = (value: bigint) => truncateToInt64(scale(Number(value), own, unit).value)
  const names = disambiguated(graph.nodes)
  const objects = new Names()
  const files = new Names()
  const functions = new Names()
  yield `positions: instr line\nevents: ${report.view.divisors === null ? '' : 'mean_'}${type}(${unit})\n`
  let previous: Frame | undefined
  for (const node of graph.nodes) {
    const { frame } = node
    let text = ''
    if (previous === undefined || !isSameFunction(frame, previous)) {
      text += `\nob=${objects.short(frame.object)}\nfl=${files.short(frame.file)}\nfn=${functions.short(frame.functionName)}\n`
    }
    text += `${addressText(frame.address, previous)} ${frame.line} ${cost(flatOf(node))}\n`
    for (const { to, weight } of sortEdges(node.out.values())) {
      text += `cfl=${files.short(to.frame.file)}\ncfn=${functions.short(names.get(to) ?? '')}\n`
      text += `calls=0 ${addressText(to.frame.address, previous)} ${to.frame.line}\n* * ${cost(weight)}\n`
    }
    previous = frame
    yield text
  }
}

function isSameFunction(left: Frame, right: Frame): boolean {
  return left.object === right.object && left.file === right.file && left.functionName === right.functionName
}

/** The format's abbreviation: a name is spelled out once, with a number that stands for it from then on. */
class Names {
  private readonly numbers = new Map<string, number>()

  short(name: string): string {
    if (name === '') return ''
    const known = this.numbers.get(name)
    if (known !== undefined) return `(${known})`
    this.numbers.set(name, this.numbers.size + 1)
    return `(${this.numbers.size}) ${name}`
  }
}

/** Relative to the address before where that is shorter. */
function addressText(address: bigint, previous: Frame | undefined): string {
  const absolute = `0x${address.toString(16)}`
  if (previous === undefined) return absolute
  if (previous.address === address) return '*'
  const difference = BigInt.asIntN(64, address - previous.address)
  const relative = `${difference > 0n ? '+' : ''}${difference}`
  return relative.length < absolute.length ? relative : absolute
}

/** Readers of the format merge functions of one name and file; those that differ in something else get a number. */
function disambiguated(nodes: readonly ReportNode[]): Map<ReportNode, string> {
  const scopes = new Map<object | null, number>()
  const scopeOf = ({ scope }: ReportNode) => {
    const known = scopes.get(scope)
    if (known === undefined) scopes.set(scope, scopes.size)
    return known ?? scopes.size - 1
  }
  const functionOf = (node: ReportNode) => `${scopeOf(node)} ${node.frame.startLine} ${node.frame.object}`
  const nameOf = ({ frame }: ReportNode) => `${frame.file}\0${frame.functionName}`
  const functions = new Map<string, Map<string, number>>()
  for (const node of nodes) {
    const numbers = functions.get(nameOf(node)) ?? new Map<string, number>()
    functions.set(nameOf(node), numbers)
    if (!numbers.has(functionOf(node))) numbers.set(functionOf(node), numbers.size + 1)
  }
  return new Map(
    nodes.map((node) => {
      const numbers = functions.get(nameOf(node))
      const { functionName } = node.frame
      if (numbers === undefined || numbers.size < 2) return [node, functionName]
      return [node, `${functionName} [${numbers.get(functionOf(node))}/${numbers.size}]`]
    }),
  )
}
