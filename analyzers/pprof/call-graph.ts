/**
 * The call graph of a view, cut down to what can be read: the largest frames by cumulative value and the calls between
 * them; calls past a frame that was left out become dashed edges. Values stay exact. How it is drawn is not known here.
 */
import { callEdges } from './graph.ts'
import { type ExactInteger, exactAt, toDouble } from './int64.ts'
import type { ValueType } from './profile.ts'
import { framesWithValue, largestFrames } from './top.ts'
import { frameSums, type View } from './view.ts'

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

export interface CallGraphOptions {
  /** Nodes at most; 0 for all. */
  readonly nodecount: number
  /** Frames below this share of the total are left out, and calls below the other. */
  readonly nodeFraction: number
  readonly edgeFraction: number
}

export function callGraph(view: View, options: CallGraphOptions): CallGraph {
  const sums = frameSums(view)
  const { flat, cum } = sums
  const total = Math.abs(Number(view.total))
  const all = framesWithValue(view, sums)
  const large = all.filter((frame) => Math.abs(Number(cum[frame] ?? 0)) >= total * options.nodeFraction)
  const shown = largestFrames(view, large, cum, options.nodecount)
  const kept = new Uint8Array(view.table.frames.length)
  const nodeOfFrame = new Map<number, number>()
  shown.forEach((frame, node) => {
    kept[frame] = 1
    nodeOfFrame.set(frame, node)
  })
  const columns = callEdges(view.profile, view.table, view.stacks, { kept })
  const edges: CallGraphEdge[] = []
  let omittedEdges = 0
  for (let edge = 0; edge < columns.length; edge++) {
    const value = exactAt(columns.weight, edge)
    if (value === 0) continue
    if (Math.abs(toDouble(value)) < total * options.edgeFraction) {
      omittedEdges++
      continue
    }
    edges.push({
      from: nodeOfFrame.get(columns.caller[edge] ?? 0) ?? 0,
      to: nodeOfFrame.get(columns.callee[edge] ?? 0) ?? 0,
      value,
      inline: columns.inline[edge] === 1,
      residual: columns.residual[edge] === 1,
    })
  }
  edges.sort((left, right) => Math.abs(toDouble(right.value)) - Math.abs(toDouble(left.value)))
  const needed = withoutRedundant(edges, shown.length)
  return {
    sampleType: view.sampleType,
    total: Number(view.total),
    pctBase: Number(view.pctBase),
    nodes: shown.map((frame) => ({
      name: view.table.frames[frame]?.name ?? '',
      flat: exactAt(flat, frame),
      cum: exactAt(cum, frame),
    })),
    edges: needed,
    omittedNodes: all.length - shown.length,
    omittedEdges: omittedEdges + edges.length - needed.length,
  }
}

/** Beyond this many edges looking for detours costs more than it clears up. */
const MAX_EDGES_TO_CHECK = 4000

/** Leaves out dashed edges, smallest first, whose ends are connected by other calls that are shown. */
function withoutRedundant(edges: readonly CallGraphEdge[], nodeCount: number): CallGraphEdge[] {
  if (edges.length > MAX_EDGES_TO_CHECK) return [...edges]
  const callees: Set<number>[] = Array.from({ length: nodeCount }, () => new Set())
  for (const edge of edges) callees[edge.from]?.add(edge.to)
  const removed = new Set<CallGraphEdge>()
  for (const edge of [...edges].reverse()) {
    if (!edge.residual) continue
    callees[edge.from]?.delete(edge.to)
    if (isReachable(callees, edge.from, edge.to)) removed.add(edge)
    else callees[edge.from]?.add(edge.to)
  }
  return edges.filter((edge) => !removed.has(edge))
}

function isReachable(callees: readonly Set<number>[], from: number, to: number): boolean {
  const seen = new Set([from])
  const queue = [from]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const callee of callees[node] ?? []) {
      if (callee === to) return true
      if (seen.has(callee)) continue
      seen.add(callee)
      queue.push(callee)
    }
  }
  return false
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
  return graph.pctBase === 0 ? 0 : Math.min(1, Math.sqrt(Math.abs(toDouble(value)) / graph.pctBase))
}
