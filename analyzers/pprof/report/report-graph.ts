/**
 * The graph behind the text reports: frames as nodes, calls as edges, with sums and with the counts that means divide by.
 * A node may be left out; then calls go past it. Rules of google/pprof; how much is left out is `trim.ts`.
 */
import type { Frame } from '../frames.ts'
import { callEdges, type EdgeOptions, type FrameSums, sumByFrame } from '../graph.ts'
import type { Int64Column } from '../profile.ts'
import { frameSums, type View } from '../view.ts'
import type { NodeTags } from './node-tags.ts'

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

/** Flat and cum of every frame, and in a mean what they are divided by. */
export interface NodeSums extends FrameSums {
  readonly counts: FrameSums | null
}

export function nodeSums(view: View): NodeSums {
  const { profile, table, stacks, divisors } = view
  if (divisors === null) return { ...frameSums(view), counts: null }
  const counts = sumByFrame(profile, table, { weights: divisors.weights, live: stacks.live })
  return { ...sumByFrame(profile, table, stacks), counts }
}

/** Frames that have a value. */
export function rowsWithValue({ table, dropsNegative }: View, { flat, cum }: FrameSums): number[] {
  const rows: number[] = []
  for (let row = 0; row < table.frames.length; row++) {
    if (hasValue(flat[row] ?? 0, cum[row] ?? 0, dropsNegative)) rows.push(row)
  }
  return rows
}

/** The nodes of the rows, without calls and labels. */
export function nodesOf(view: View, sums: NodeSums, rows: readonly number[]): ReportNode[] {
  return rows.flatMap((row) => {
    const frame = view.table.frames[row]
    if (frame === undefined) return []
    const node = newNode(frame)
    node.flat = at(sums.flat, row)
    node.cum = at(sums.cum, row)
    if (sums.counts !== null) {
      node.flatCount = at(sums.counts.flat, row)
      node.cumCount = at(sums.counts.cum, row)
    }
    return [node]
  })
}

/** All nodes of the view, without calls and labels. */
export function allNodes(view: View): ReportNode[] {
  const sums = nodeSums(view)
  return nodesOf(view, sums, rowsWithValue(view, sums))
}

/** The weights of the same calls in the first sample type, for means. */
export function edgeCounts(view: View, options: EdgeOptions): Int64Column | null {
  const { profile, table, stacks, divisors } = view
  if (divisors === null) return null
  return callEdges(profile, table, { weights: divisors.weights, live: stacks.live }, options).weight
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
  return nodes.filter(({ flat, cum }) => hasValue(flat, cum, dropsNegative))
}

function hasValue(flat: number | bigint, cum: number | bigint, dropsNegative: boolean): boolean {
  const isZero = Number(flat) === 0
  if (isZero && Number(cum) === 0) return false
  return !(dropsNegative && (flat < 0 || (isZero && cum < 0)))
}

export function at(column: Int64Column, row: number): bigint {
  return BigInt(column[row] ?? 0)
}
