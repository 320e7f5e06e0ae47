/**
 * Cuts the graph of a report down to what can be read, as google/pprof does: nodes below a share of the whole go, then all
 * but the most telling ones, then calls below a share, and in pictures the dashed calls that say nothing new.
 */
import { truncateToInt64 } from '../int64.ts'
import { callTreeGraph } from './call-tree-graph.ts'
import { orderByName, sortEdges, sortNodes } from './node-order.ts'
import type { Report } from './report.ts'
import {
  buildGraph,
  disconnect,
  magnitude,
  type ReportEdge,
  type ReportGraph,
  type ReportNode,
} from './report-graph.ts'

/** What a report shows when its caller says nothing. */
export interface TrimDefaults {
  /** 0 for all. */
  readonly nodecount: number
  readonly trim: boolean
  /** A picture: nodes are chosen by how much they tell, labels count as nodes, and clutter goes. */
  readonly isVisual?: boolean | undefined
  readonly honorsCallTree?: boolean | undefined
}

export interface TrimmedGraph extends ReportGraph {
  /** Nodes before the most telling ones were chosen. */
  readonly candidates: number
  readonly droppedNodes: number
  readonly droppedEdges: number
}

/** A label beside a node counts as a node, up to this many. */
export const MAX_TAGS_SHOWN = 4

export function trimmedGraph(report: Report, defaults: TrimDefaults): TrimmedGraph {
  const { options, view } = report
  const isVisual = defaults.isVisual === true
  const isTree = options.call_tree === true && defaults.honorsCallTree === true
  const trims = defaults.trim && options.trim !== false
  const nodecount = trims ? (options.nodecount ?? defaults.nodecount) : 0
  // Calls and labels are looked at when the small nodes are gone: they cost the most.
  let graph = isTree ? callTreeGraph(view, isVisual) : buildGraph(view, { onlyNodes: true })
  let isComplete = isTree
  const whole = BigInt.asIntN(
    64,
    graph.nodes.reduce((sum, node) => sum + node.flat, 0n),
  )
  const cutoff = (fraction: number) => magnitude(truncateToInt64(Number(whole) * (trims ? fraction : 0)))
  const nodeCutoff = cutoff(options.node_fraction ?? 0.005)
  const edgeCutoff = cutoff(options.edge_fraction ?? 0.001)
  let droppedNodes = 0
  const keepOnly = (nodes: readonly ReportNode[]): void => {
    if (nodes.length === graph.nodes.length && isComplete) return
    if (isTree) keepInTree(graph, new Set(nodes))
    else {
      const kept = nodes.length === graph.nodes.length ? undefined : new Set(nodes.map((node) => node.frame))
      graph = buildGraph(view, { leastTag: isVisual ? nodeCutoff : undefined, kept })
      isComplete = true
    }
  }
  if (nodeCutoff > 0n) {
    const large = graph.nodes.filter((node) => magnitude(node.cum) >= nodeCutoff)
    droppedNodes = graph.nodes.length - large.length
    keepOnly(large)
  } else keepOnly(graph.nodes)
  const candidates = graph.nodes.length
  sortNodes(graph, options.cum === true, isVisual)
  if (nodecount > 0) {
    dropSmallTags(graph, nodeCutoff)
    dropSmallEdges(graph, edgeCutoff)
    const chosen = graph.nodes.slice(0, isVisual ? roomWithTags(graph, nodecount) : nodecount)
    if (chosen.length !== graph.nodes.length) {
      keepOnly(chosen)
      sortNodes(graph, options.cum === true, isVisual)
    }
  }
  dropSmallTags(graph, nodeCutoff)
  const droppedEdges = dropSmallEdges(graph, edgeCutoff)
  if (isVisual) dropRedundantEdges(graph)
  return { nodes: graph.nodes, candidates, droppedNodes, droppedEdges }
}

function dropSmallTags(graph: ReportGraph, cutoff: bigint): void {
  for (const { tags } of graph.nodes) {
    for (const group of [tags.texts, ...tags.numbers.values()]) {
      for (const [key, tag] of group) {
        if (magnitude(tag.flat) < cutoff && magnitude(tag.cum) < cutoff) group.delete(key)
      }
    }
  }
}

function dropSmallEdges(graph: ReportGraph, cutoff: bigint): number {
  let dropped = 0
  for (const node of graph.nodes) {
    for (const edge of [...node.in.values()]) {
      if (magnitude(edge.weight) >= cutoff) continue
      disconnect(edge)
      dropped++
    }
  }
  return dropped
}

/** How many nodes fit when the labels of each take places too. */
function roomWithTags(graph: ReportGraph, nodecount: number): number {
  let taken = 0
  for (const [index, node] of graph.nodes.entries()) {
    let tags = 0
    for (const group of [node.tags.texts, ...node.tags.numbers.values()]) {
      for (const tag of group.values()) if (tag.flat !== 0n) tags++
    }
    taken += Math.min(tags, MAX_TAGS_SHOWN) + 1
    if (taken >= nodecount) return index + 1
  }
  return nodecount
}

/** Dashed calls between nodes that are connected by other calls as well, lightest first. */
function dropRedundantEdges(graph: ReportGraph): void {
  for (const node of [...graph.nodes].reverse()) {
    for (const edge of sortEdges(node.in.values()).reverse()) {
      // A dashed call that is heavier than a real one stays, or the picture would mislead.
      if (!edge.residual) break
      if (hasDetour(edge)) disconnect(edge)
    }
  }
}

function hasDetour(edge: ReportEdge): boolean {
  const seen = new Set([edge.to])
  const queue = [edge.to]
  for (const node of queue) {
    for (const other of node.in.values()) {
      if (other === edge || seen.has(other.from)) continue
      if (other.from === edge.from) return true
      seen.add(other.from)
      queue.push(other.from)
    }
  }
  return false
}

/** In a tree a node that goes hands its calls to its caller. */
function keepInTree(graph: ReportGraph, kept: ReadonlySet<ReportNode>): void {
  const nodes = graph.nodes
  graph.nodes = nodes.filter((node) => kept.has(node)).sort(orderByName)
  for (const node of nodes) {
    if (kept.has(node)) continue
    const [above] = node.in.values()
    for (const edge of [...node.out.values()]) {
      disconnect(edge)
      if (above === undefined) continue
      edge.from = above.from
      edge.residual = true
      edge.inline = above.inline && edge.inline
      edge.from.out.set(edge.to, edge)
      edge.to.in.set(edge.from, edge)
    }
    if (above !== undefined) disconnect(above)
  }
  dropRedundantEdges(graph)
}
