/**
 * The graph behind the text reports: frames as nodes, calls as edges, with sums and with the counts that means divide by.
 * A node may be left out; then calls go past it. Rules of google/pprof; how much is left out is `trim.ts`.
 */
import type { Frame } from '../frames.ts'
import { callEdges, sumByFrame } from '../graph.ts'
import type { Int64Column } from '../profile.ts'
import type { View } from '../view.ts'
import { addNodeTags, type NodePath, type NodeTags } from './node-tags.ts'

export interface ReportNode {
  readonly frame: Frame
  flat: bigint
  flatCount: bigint
  cum: bigint
  cumCount: bigint
  readonly in: Map<ReportNode, ReportEdge>
  readonly out: Map<ReportNode, ReportEdge>
  readonly tags: NodeTags
  /** What tells functions of one name and file apart; in a tree each caller has its own. */
  readonly scope: object | null
}

export interface ReportEdge {
  from: ReportNode
  to: ReportNode
  weight: bigint
  count: bigint
  /** Stands for calls through nodes that were left out. */
  residual: boolean
  /** Every such call was inlined. */
  inline: boolean
}

export interface ReportGraph {
  /** Those that have a value. Edges may lead to others, whose values cancel out. */
  nodes: ReportNode[]
}

export function newNode(frame: Frame, scope: object | null = null): ReportNode {
  const tags = { texts: new Map(), numbers: new Map() }
  return { frame, flat: 0n, flatCount: 0n, cum: 0n, cumCount: 0n, in: new Map(), out: new Map(), tags, scope }
}

export const meanOrSum = (sum: bigint, count: bigint): bigint => (count === 0n ? sum : sum / count)
export const flatOf = (node: ReportNode): bigint => meanOrSum(node.flat, node.flatCount)
export const cumOf = (node: ReportNode): bigint => meanOrSum(node.cum, node.cumCount)
/** Of int64: the least one is its own magnitude, as in Go. */
export const magnitude = (value: bigint): bigint => (value < 0n ? BigInt.asIntN(64, -value) : value)

export interface GraphOptions {
  /** Frames that may be nodes. */
  readonly kept?: ReadonlySet<Frame> | undefined
  /** Say which labels the values of a node have, from this value on. */
  readonly leastTag?: bigint | undefined
  /** Leave out calls and labels. */
  readonly onlyNodes?: boolean | undefined
}

export function buildGraph(view: View, options: GraphOptions = {}): ReportGraph {
  const { profile, table, stacks } = view
  const kept = options.kept && Uint8Array.from(table.frames, (frame) => (options.kept?.has(frame) ? 1 : 0))
  const counts = view.divisors === null ? null : { weights: view.divisors.weights, live: stacks.live }
  const sums = sumByFrame(profile, table, stacks, kept)
  const countSums = counts === null ? null : sumByFrame(profile, table, counts, kept)
  const nodes = table.frames.map((frame, index): ReportNode => {
    const node = newNode(frame)
    node.flat = at(sums.flat, index)
    node.cum = at(sums.cum, index)
    if (countSums !== null) {
      node.flatCount = at(countSums.flat, index)
      node.cumCount = at(countSums.cum, index)
    }
    return node
  })
  if (options.onlyNodes === true) return { nodes: withValue(nodes, view.dropsNegative) }
  const edges = callEdges(profile, table, stacks, { kept })
  const edgeCounts = counts === null ? null : callEdges(profile, table, counts, { kept }).weight
  for (let edge = 0; edge < edges.length; edge++) {
    const from = nodes[edges.caller[edge] ?? 0]
    const to = nodes[edges.callee[edge] ?? 0]
    // A function that calls itself has no edge in the graphs of google/pprof.
    if (from === undefined || to === undefined || from === to) continue
    connect({
      from,
      to,
      weight: at(edges.weight, edge),
      count: edgeCounts === null ? 0n : at(edgeCounts, edge),
      residual: edges.residual[edge] === 1,
      inline: edges.inline[edge] === 1,
    })
  }
  if (options.leastTag !== undefined) {
    addNodeTags(view, nodes, options.leastTag, pathFiller(view, nodes.length, kept))
  }
  return { nodes: withValue(nodes, view.dropsNegative) }
}

/** Fills a path with the nodes of a stack, from the root on. */
function pathFiller(view: View, count: number, kept: Uint8Array | undefined): (stack: number, path: NodePath) => void {
  const { profile, table } = view
  const { offsets, locations } = profile.stacks
  const lastSeen = new Uint32Array(count)
  let visit = 0
  return (stack, path) => {
    visit++
    path.all.length = 0
    path.leaf = -1
    for (let i = (offsets[stack + 1] ?? 0) - 1; i >= (offsets[stack] ?? 0); i--) {
      const location = locations[i] ?? 0
      for (let j = (table.offsets[location + 1] ?? 0) - 1; j >= (table.offsets[location] ?? 0); j--) {
        const frame = table.ids[j] ?? 0
        path.leaf = kept?.[frame] === 0 ? -1 : frame
        if (path.leaf < 0 || lastSeen[frame] === visit) continue
        lastSeen[frame] = visit
        path.all.push(frame)
      }
    }
  }
}

export function connect(edge: ReportEdge): void {
  edge.from.out.set(edge.to, edge)
  edge.to.in.set(edge.from, edge)
}

export function disconnect(edge: ReportEdge): void {
  edge.from.out.delete(edge.to)
  edge.to.in.delete(edge.from)
}

export function withValue(nodes: readonly ReportNode[], dropsNegative: boolean): ReportNode[] {
  return nodes.filter(({ flat, cum }) => {
    if (flat === 0n && cum === 0n) return false
    return !(dropsNegative && (flat < 0n || (flat === 0n && cum < 0n)))
  })
}

function at(column: Int64Column, row: number): bigint {
  return BigInt(column[row] ?? 0)
}
