/** The reports `top`, `tree` and `peek` as `go tool pprof` prints them. */
import { compileRegularExpression } from '../../shared/regular-expression.ts'
import type { FrameTable } from '../frames.ts'
import type { Profile } from '../profile.ts'
import { reportLines } from './header.ts'
import { percentage } from './measure.ts'
import { sortEdges } from './node-order.ts'
import { chooseUnit, makeReport, type Report, type ReportOptions, valueFormat } from './report.ts'
import { cumOf, flatOf, magnitude, type ReportEdge, type ReportNode } from './report-graph.ts'
import { type TrimmedGraph, trimmedGraph } from './trim.ts'

/** The least value of each node that is not zero: its own, else the cumulative one. */
export function leastValues(graph: TrimmedGraph): bigint[] {
  return graph.nodes.map((node) => magnitude(flatOf(node)) || magnitude(cumOf(node)))
}

export function topText(profile: Profile, options: ReportOptions): string {
  const report = makeReport(profile, options)
  const graph = trimmedGraph(report, { nodecount: 0, trim: true, callsOf: everInlined })
  const format = valueFormat(report, chooseUnit(report, leastValues(graph)))
  const { total } = report
  let sum = 0n
  const rows = graph.nodes.map((node) => {
    const flat = flatOf(node)
    const cum = cumOf(node)
    sum = BigInt.asIntN(64, sum + flat)
    const shares = `${percentage(flat, total)} ${percentage(sum, total)}`
    const inline = inlineMark(node)
    return `${cell(format(flat))} ${shares} ${cell(format(cum))} ${percentage(cum, total)}  ${node.frame.name}${inline}`
  })
  const head = `${cell('flat')}  flat%   sum% ${cell('cum')}   cum%`
  return lines([...reportLines(report, graph, format), head, ...rows])
}

const cell = (text: string) => text.padStart(10)
const lines = (all: readonly string[]) => all.map((line) => `${line}\n`).join('')

/** The only frames whose callers a list has something to say of. */
function everInlined({ frames, offsets, ids }: FrameTable): Uint8Array {
  const flags = new Uint8Array(frames.length)
  for (let location = 0; location + 1 < offsets.length; location++) {
    const last = (offsets[location + 1] ?? 0) - 1
    for (let i = offsets[location] ?? 0; i < last; i++) flags[ids[i] ?? 0] = 1
  }
  return flags
}

function inlineMark(node: ReportNode): string {
  const edges = [...node.in.values()]
  if (!edges.some((edge) => edge.inline)) return ''
  return edges.every((edge) => edge.inline) ? ' (inline)' : ' (partial-inline)'
}

const RULE = `${'-'.repeat(58)}+${'-'.repeat(13)}`
const HEAD = '      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t '

export function treeText(profile: Profile, options: ReportOptions): string {
  const report = makeReport(profile, options)
  return tableOfCalls(report, trimmedGraph(report, { nodecount: 80, trim: true }), () => true)
}

/** The same around the functions that match; '' where none does. */
export function peekText(profile: Profile, regex: string, options: ReportOptions): string {
  const pattern = compileRegularExpression(regex)
  const report = makeReport(profile, options)
  const graph = trimmedGraph(report, {
    nodecount: 0,
    trim: false,
    callsOf: ({ frames }) => Uint8Array.from(frames, ({ name }) => (pattern.test(name) ? 1 : 0)),
  })
  const matches = (node: ReportNode) => pattern.test(node.frame.name)
  return graph.nodes.some(matches) ? tableOfCalls(report, graph, matches) : ''
}

function tableOfCalls(report: Report, graph: TrimmedGraph, isShown: (node: ReportNode) => boolean): string {
  const { total } = report
  const format = valueFormat(report, chooseUnit(report, leastValues(graph)))
  const call = (edge: ReportEdge, name: string, cum: bigint) =>
    `${format(edge.weight).padStart(50)} ${percentage(edge.weight, cum)} |   ${name}${edge.inline ? ' (inline)' : ''}`
  let sum = 0n
  const rows = graph.nodes.filter(isShown).flatMap((node) => {
    const flat = flatOf(node)
    const cum = cumOf(node)
    sum = BigInt.asIntN(64, sum + flat)
    const shares = `${percentage(flat, total)} ${percentage(sum, total)}`
    const own = `${cell(format(flat))} ${shares} ${cell(format(cum))} ${percentage(cum, total)}`
    return [
      RULE,
      ...sortEdges(node.in.values()).map((edge) => call(edge, edge.from.frame.name, cum)),
      `${own}                | ${node.frame.name}`,
      ...sortEdges(node.out.values()).map((edge) => call(edge, edge.to.frame.name, cum)),
    ]
  })
  const end = graph.nodes.length > 0 ? [RULE] : []
  return lines([...reportLines(report, graph, format), RULE, HEAD, ...rows, ...end])
}
