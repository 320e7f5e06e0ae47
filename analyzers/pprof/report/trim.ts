/**
 * Cuts the graph of a report down to what can be read, as google/pprof does: nodes below a share of the whole go, then all
 * but the most telling ones, then calls below a share, and in pictures the dashed calls that say nothing new.
 */
import type { FrameTable } from '../frames.ts'
import { callEdges, type EdgeColumns } from '../graph.ts'
import { truncateToInt64 } from '../int64.ts'
import type { Int64Column } from '../profile.ts'
import type { View } from '../view.ts'
import { callTreeGraph, largeCallTree, type TreeGraph, wholeOfTree } from './call-tree-graph.ts'
import { orderByName, sortEdges, sortNodes } from './node-order.ts'
import { addNodeTags, pathsThrough } from './node-tags.ts'
import { entropyScores, orderRows } from './rank-nodes.ts'
import type { Report } from './report.ts'
import {
  at,
  connect,
  disconnect,
  edgeCounts,
  magnitude,
  type NodeSums,
  nodeSums,
  nodesOf,
  type ReportEdge,
  type ReportGraph,
  type ReportNode,
  rowsWithValue,
} from './report-graph.ts'

/** What a report shows when its caller says nothing. */
export interface TrimDefaults {
  /** 0 for all. */
  readonly nodecount: number
  readonly trim: boolean
  /** A picture: nodes are chosen by how much they tell, labels count as nodes, and clutter goes. */
  readonly isVisual?: boolean | undefined
  readonly honorsCallTree?: boolean | undefined
  /** 1 for the frames of a table whose calls are wanted; all are where it is not given. */
  readonly callsOf?: ((table: FrameTable) => Uint8Array) | undefined
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
  const isTree = report.options.call_tree === true && defaults.honorsCallTree === true
  return isTree ? trimmedTree(report, defaults) : trimmedCalls(report, defaults)
}

interface Limits {
  /** 0 for all. */
  readonly nodecount: number
  readonly nodeCutoff: bigint
  readonly edgeCutoff: bigint
}

function limitsOf({ options }: Report, defaults: TrimDefaults, whole: bigint): Limits {
  const trims = defaults.trim && options.trim !== false
  const cutoff = (fraction: number) => magnitude(truncateToInt64(Number(whole) * (trims ? fraction : 0)))
  return {
    nodecount: trims ? (options.nodecount ?? defaults.nodecount) : 0,
    nodeCutoff: cutoff(options.node_fraction ?? 0.005),
    edgeCutoff: cutoff(options.edge_fraction ?? 0.001),
  }
}

/**
 * A profile has many more calls than a report shows: all choices are made on columns, and only what is left becomes
 * objects.
 */
function trimmedCalls(report: Report, defaults: TrimDefaults): TrimmedGraph {
  const { view } = report
  const isVisual = defaults.isVisual === true
  const order = isVisual ? 'entropy' : report.options.cum === true ? 'cum' : 'flat'
  const sums = nodeSums(view)
  const all = rowsWithValue(view, sums)
  const whole = all.reduce((sum, row) => sum + at(sums.flat, row), 0n)
  const { nodecount, nodeCutoff, edgeCutoff } = limitsOf(report, defaults, BigInt.asIntN(64, whole))
  const large = nodeCutoff > 0n ? all.filter((row) => magnitude(at(sums.cum, row)) >= nodeCutoff) : all
  const isCut = large.length < all.length
  const candidates = rank(view, sums, large, { order, isPart: isCut, key: `${large.length}` })
  const most = nodecount > 0 ? nodecount : large.length
  const first = candidates.rows.slice(0, most)
  const firstNodes = nodesOf(view, sums, first)
  const room = isVisual ? addTags(view, first, firstNodes, { nodecount, nodeCutoff }) : most
  const isChosen = room < large.length
  const key = `${large.length} ${room}`
  const chosen = isChosen ? rank(view, sums, first.slice(0, room), { order, isPart: true, key }) : candidates
  const nodeOf = new Map(first.map((row, index) => [row, firstNodes[index]]))
  const nodes = chosen.rows.flatMap((row) => nodeOf.get(row) ?? [])
  const graph = { nodes }
  let droppedEdges = 0
  const touching = defaults.callsOf?.(view.table)
  if (nodes.length > 0 && (touching === undefined || touching.includes(1))) {
    const options = { kept: isCut || isChosen ? flagged(view, chosen.rows) : undefined, touching }
    const edges = chosen.edges ?? callEdges(view.profile, view.table, view.stacks, options)
    droppedEdges = addCalls(view, sums, { rows: chosen.rows, nodes }, edges, edgeCounts(view, options), edgeCutoff)
    if (isVisual) dropRedundantEdges(graph)
  }
  return {
    ...graph,
    candidates: large.length,
    droppedNodes: all.length - large.length,
    // Where all nodes fitted, the small calls have gone before they are counted.
    droppedEdges: nodecount > 0 && !isChosen ? 0 : droppedEdges,
  }
}

function flagged({ table }: View, rows: readonly number[]): Uint8Array {
  const flags = new Uint8Array(table.frames.length)
  for (const row of rows) flags[row] = 1
  return flags
}

interface Ranked {
  readonly rows: readonly number[]
  /** The calls between the rows, where they had to be known. */
  readonly edges: EdgeColumns | undefined
}

/** A view is asked for a picture and then for another: what its nodes are worth stays the same, and costs the most. */
const rankings = new WeakMap<View, Map<string, Ranked>>()
const MOST_RANKINGS = 16
/** Of so few nodes the calls are kept too. */
const FEW_NODES = 400

/** `key`: names the rows among those of the view; `isPart`: there are others with values. */
function rank(
  view: View,
  sums: NodeSums,
  rows: readonly number[],
  {
    order,
    isPart,
    key,
  }: { readonly order: 'flat' | 'cum' | 'entropy'; readonly isPart: boolean; readonly key: string },
): Ranked {
  if (rows.length === 0) return { rows, edges: undefined }
  const known = rankings.get(view) ?? new Map<string, Ranked>()
  rankings.set(view, known)
  const ranked = known.get(`${order} ${key}`)
  if (ranked !== undefined) return ranked
  const remember = (edges: EdgeColumns | undefined, made: readonly number[]): Ranked => {
    const [oldest] = known.keys()
    if (known.size >= MOST_RANKINGS && oldest !== undefined) known.delete(oldest)
    known.set(`${order} ${key}`, { rows: made, edges: made.length <= FEW_NODES ? edges : undefined })
    return { rows: made, edges }
  }
  if (order !== 'entropy') return remember(undefined, orderRows(view, rows, sums, order))
  const edges = callEdges(view.profile, view.table, view.stacks, { kept: isPart ? flagged(view, rows) : undefined })
  return remember(edges, orderRows(view, rows, sums, entropyScores(rows, sums, edges)))
}

/** Makes the calls objects, except those below the cutoff, and tells how many of these there are. */
function addCalls(
  view: View,
  sums: NodeSums,
  shown: { readonly rows: readonly number[]; readonly nodes: readonly ReportNode[] },
  edges: EdgeColumns,
  counts: Int64Column | null,
  cutoff: bigint,
): number {
  const nodeOf: (ReportNode | undefined)[] = new Array(view.table.frames.length)
  const isShown = flagged(view, shown.rows)
  for (const [index, row] of shown.rows.entries()) nodeOf[row] = shown.nodes[index]
  // Calls may lead to functions whose values cancel out, too.
  const nodeAt = (row: number): ReportNode | undefined => {
    nodeOf[row] ??= nodesOf(view, sums, [row])[0]
    return nodeOf[row]
  }
  const least = edges.weight instanceof Float64Array ? Number(cutoff) : cutoff
  let dropped = 0
  for (let edge = 0; edge < edges.length; edge++) {
    const caller = edges.caller[edge] ?? 0
    const callee = edges.callee[edge] ?? 0
    // A function that calls itself has no edge in the graphs of google/pprof.
    if (caller === callee) continue
    // Between functions that are not shown nothing is.
    if (isShown[caller] === 0 && isShown[callee] === 0) continue
    const weight = edges.weight[edge] ?? 0
    if (isShown[callee] === 1 && sizeOf(weight) < least) {
      dropped++
      continue
    }
    const from = nodeAt(caller)
    const to = nodeAt(callee)
    if (from === undefined || to === undefined) continue
    connect({
      from,
      to,
      weight: BigInt(weight),
      count: counts === null ? 0n : at(counts, edge),
      residual: edges.residual[edge] === 1,
      inline: edges.inline[edge] === 1,
    })
  }
  return dropped
}

function sizeOf(weight: number | bigint): number | bigint {
  return typeof weight === 'number' ? Math.abs(weight) : magnitude(weight)
}

/** The tree, as far as it has to be made. */
function treeOf(report: Report, defaults: TrimDefaults): { readonly graph: TreeGraph; readonly limits: Limits } {
  const whole = wholeOfTree(report.view)
  if (whole !== undefined) {
    const limits = limitsOf(report, defaults, BigInt(whole))
    if (limits.nodeCutoff > 0n) return { graph: largeCallTree(report.view, limits.nodeCutoff), limits }
  }
  const graph = callTreeGraph(report.view)
  const sum = graph.nodes.reduce((total, node) => total + node.flat, 0n)
  return { graph, limits: limitsOf(report, defaults, BigInt.asIntN(64, sum)) }
}

function trimmedTree(report: Report, defaults: TrimDefaults): TrimmedGraph {
  const { options } = report
  const isVisual = defaults.isVisual === true
  const { graph, limits } = treeOf(report, defaults)
  const { nodecount, nodeCutoff, edgeCutoff } = limits
  if (isVisual) graph.addTags(nodeCutoff)
  const keepOnly = (nodes: readonly ReportNode[]): void => {
    if (nodes.length !== graph.nodes.length) keepInTree(graph, new Set(nodes))
  }
  let { droppedNodes } = graph
  if (nodeCutoff > 0n) {
    const large = graph.nodes.filter((node) => magnitude(node.cum) >= nodeCutoff)
    droppedNodes += graph.nodes.length - large.length
    keepOnly(large)
  }
  const candidates = graph.nodes.length
  sortNodes(graph, options.cum === true, isVisual)
  if (nodecount > 0) {
    dropSmallTags(graph, nodeCutoff)
    dropSmallEdges(graph, edgeCutoff)
    const chosen = graph.nodes.slice(0, isVisual ? roomWithTags(graph.nodes, nodecount) : nodecount)
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

/** So many nodes get their labels at once: where these take all places, no others need any. */
const TAGGED_AT_ONCE = 80

/** Gives the first nodes their labels, and tells how many of them fit. */
function addTags(
  view: View,
  rows: readonly number[],
  nodes: readonly ReportNode[],
  { nodecount, nodeCutoff }: Pick<Limits, 'nodecount' | 'nodeCutoff'>,
): number {
  const step = nodecount > 0 ? TAGGED_AT_ONCE : nodes.length
  for (let start = 0; start < nodes.length; start += step) {
    const end = start + step
    addNodeTags(view, nodes.slice(start, end), nodeCutoff, pathsThrough(view, rows.slice(start, end)))
    const room = roomWithTags(nodes.slice(0, end), nodecount)
    if (nodecount > 0 && room < end) return room
  }
  return nodecount > 0 ? roomWithTags(nodes, nodecount) : nodes.length
}

/** How many nodes fit when the labels of each take places too. */
function roomWithTags(nodes: readonly ReportNode[], nodecount: number): number {
  let taken = 0
  for (const [index, node] of nodes.entries()) {
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
