/**
 * The call graph of a profile as drawings need it: the nodes and calls that google/pprof chooses for its own pictures,
 * with exact values. How it is drawn is not known here.
 */
import { type ExactInteger, toDouble, toExact } from './int64.ts'
import type { Profile, ValueType } from './profile.ts'
import { type DotReport, dotReport } from './report/dot.ts'
import type { ReportOptions } from './report/report.ts'
import { cumOf, flatOf, meanOrSum } from './report/report-graph.ts'
import { shownValue } from './view.ts'

export interface CallGraphNode {
  readonly name: string
  readonly flat: ExactInteger
  readonly cum: ExactInteger
}

export interface CallGraphEdge {
  /** Indices of nodes. */
  readonly from: number
  readonly to: number
  readonly value: ExactInteger
  readonly inline: boolean
  /** Calls through frames that are not in the graph. */
  readonly residual: boolean
}

export interface CallGraph {
  readonly sampleType: ValueType
  readonly total: number
  readonly pctBase: number
  readonly nodes: readonly CallGraphNode[]
  readonly edges: readonly CallGraphEdge[]
  readonly omittedNodes: number
  readonly omittedEdges: number
}

export function callGraph(profile: Profile, options: ReportOptions): CallGraph {
  return callGraphOf(dotReport(profile, options))
}

export function callGraphOf({ report, graph }: DotReport): CallGraph {
  const { view } = report
  const numbers = new Map(graph.nodes.map((node, index) => [node, index]))
  const edges = graph.nodes.flatMap((node) =>
    Array.from(node.out.values(), ({ from, to, weight, count, inline, residual }) => ({
      from: numbers.get(from) ?? -1,
      to: numbers.get(to) ?? -1,
      value: shownValue(view, meanOrSum(weight, count)),
      inline,
      residual,
    })),
  )
  return {
    sampleType: view.sampleType,
    total: toDouble(shownValue(view, view.total)),
    pctBase: toDouble(toExact(report.total)) / view.divideBy,
    nodes: graph.nodes.map((node) => ({
      name: node.frame.name,
      flat: shownValue(view, flatOf(node)),
      cum: shownValue(view, cumOf(node)),
    })),
    // A call of a function whose values cancel out leads out of the picture.
    edges: edges.filter((edge) => edge.to >= 0),
    omittedNodes: graph.droppedNodes + graph.candidates - graph.nodes.length,
    omittedEdges: graph.droppedEdges,
  }
}

/** The two lines under a node's name: its own value, and the value with all it calls. */
export function nodeFacts(graph: CallGraph, node: CallGraphNode, format: (value: number) => string): string[] {
  const percent = (value: ExactInteger) =>
    graph.pctBase === 0 ? '0%' : `${((Math.abs(toDouble(value)) / graph.pctBase) * 100).toFixed(2)}%`
  const own = `${format(toDouble(node.flat))} (${percent(node.flat)})`
  return node.flat === node.cum ? [own] : [own, `of ${format(toDouble(node.cum))} (${percent(node.cum)})`]
}

/** Between 0 and 1: how much of the whole a value is, spread so that small shares can be told apart. */
export function prominence(graph: CallGraph, value: ExactInteger): number {
  // A mean over negative counts has a negative base.
  return graph.pctBase === 0 ? 0 : Math.min(1, Math.sqrt(Math.abs(toDouble(value) / graph.pctBase)))
}
