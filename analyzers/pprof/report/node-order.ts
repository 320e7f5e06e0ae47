/** In which order the nodes and calls of a report come. */
import type { Frame } from '../frames.ts'
import { truncateToInt64 } from '../int64.ts'
import { magnitude, type ReportEdge, type ReportGraph, type ReportNode } from './report-graph.ts'

type Compare = (left: ReportNode, right: ReportNode) => number

export function sortNodes(graph: ReportGraph, byCum: boolean, isVisual: boolean): void {
  if (isVisual) {
    const scores = new Map(graph.nodes.map((node) => [node, entropyScore(node)]))
    graph.nodes.sort(byScore((node) => scores.get(node) ?? 0n))
  } else if (byCum) graph.nodes.sort(byScore((node) => node.cum))
  else
    graph.nodes.sort(
      (left, right) =>
        byMagnitude(left.flat, right.flat) ||
        orderByName(left, right) ||
        byMagnitude(left.cum, right.cum) ||
        orderByPlace(left, right),
    )
}

function byScore(score: (node: ReportNode) => bigint): Compare {
  return (left, right) =>
    byMagnitude(score(left), score(right)) ||
    orderByName(left, right) ||
    byMagnitude(left.flat, right.flat) ||
    orderByPlace(left, right)
}

function byMagnitude(left: bigint, right: bigint): number {
  const difference = magnitude(right) - magnitude(left)
  return difference === 0n ? 0 : difference > 0n ? 1 : -1
}

export function orderByName(left: ReportNode, right: ReportNode): number {
  return compareBytes(left.frame.name, right.frame.name)
}

/** Nodes that print alike: by the rest of what tells them apart. */
function orderByPlace(left: ReportNode, right: ReportNode): number {
  return compareBytes(placeOf(left.frame), placeOf(right.frame))
}

export function placeOf({ file, startLine, line, object }: Frame): string {
  return `${file} ${startLine} ${line} ${object}`
}

/** As UTF-8 sorts: by code points, where JavaScript compares halves of the rare ones. */
export function compareBytes(left: string, right: string): number {
  if (left === right) return 0
  const end = Math.min(left.length, right.length)
  for (let i = 0; i < end; i++) {
    const a = left.charCodeAt(i)
    const b = right.charCodeAt(i)
    if (a === b) continue
    const isHalf = (unit: number) => unit >= 0xd800 && unit <= 0xdfff
    if (isHalf(a) !== isHalf(b)) return isHalf(a) ? 1 : -1
    return a - b
  }
  return left.length - right.length
}

/** Heaviest first, then by the names of both ends. */
export function sortEdges(edges: Iterable<ReportEdge>): ReportEdge[] {
  return [...edges].sort((left, right) => {
    if (left.weight !== right.weight) {
      const order = byMagnitude(left.weight, right.weight)
      if (order !== 0) return order
    }
    return orderByName(left.from, right.from) || orderByName(left.to, right.to)
  })
}

/**
 * How much a picture would lose without the node: its cumulative value, the more the less its calls in and out are a mere
 * passing through.
 */
function entropyScore(node: ReportNode): bigint {
  const incoming = node.in.size === 0 ? 1 : edgeEntropy(node.in.values(), 0n)
  const outgoing = node.out.size === 0 ? 1 : edgeEntropy(node.out.values(), node.flat)
  // A call of weight zero has no entropy, not even zero: then the score is the least int64.
  return BigInt.asIntN(64, truncateToInt64((incoming + outgoing) * Number(node.cum)) + node.flat)
}

function edgeEntropy(edges: Iterable<ReportEdge>, own: bigint): number {
  const weights = Array.from(edges, (edge) => edge.weight)
  const sum = weights.reduce((total, weight) => (weight > 0n ? BigInt.asIntN(64, total + weight) : total), own)
  const total = Number(sum)
  if (total === 0) return 0
  const parts = own > 0n ? [...weights, own] : weights
  return parts.reduce((score, part) => {
    const share = Number(magnitude(part)) / total
    return score - share * Math.log2(share)
  }, 0)
}
