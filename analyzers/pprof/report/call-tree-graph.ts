/** The graph of a report with one node for each different path instead of one for each function. */
import { Uint32Builder } from '../growable.ts'
import { NONE } from '../profile.ts'
import type { View } from '../view.ts'
import { addNodeTags, type NodePaths } from './node-tags.ts'
import { connect, newNode, type ReportGraph, type ReportNode, withValue } from './report-graph.ts'

export function callTreeGraph(view: View, withTags: boolean): ReportGraph {
  const { profile, table, stacks } = view
  const roots = new Map<number, ReportNode>()
  const children = new Map<ReportNode, Map<number, ReportNode>>()
  const nodes: ReportNode[] = []
  const paths = new Map<number, readonly number[]>()
  const rowOf = new Map<ReportNode, number>()
  for (let stack = 0; stack < profile.stacks.length; stack++) {
    if (stacks.live[stack] === 0) continue
    const weight = BigInt(stacks.weights[stack] ?? 0)
    const count = BigInt(view.divisors?.weights[stack] ?? 0)
    let parent: ReportNode | undefined
    const path: number[] = []
    for (let i = (profile.stacks.offsets[stack + 1] ?? 0) - 1; i >= (profile.stacks.offsets[stack] ?? 0); i--) {
      const location = profile.stacks.locations[i] ?? 0
      const last = (table.offsets[location + 1] ?? 0) - 1
      for (let j = last; j >= (table.offsets[location] ?? 0); j--) {
        const id = table.ids[j] ?? 0
        const frame = table.frames[id]
        if (frame === undefined) continue
        const siblings = parent === undefined ? roots : (children.get(parent) ?? new Map<number, ReportNode>())
        if (parent !== undefined) children.set(parent, siblings)
        let node = siblings.get(id)
        if (node === undefined) {
          node = newNode(frame, siblings)
          siblings.set(id, node)
          rowOf.set(node, nodes.push(node) - 1)
        }
        node.cum = BigInt.asIntN(64, node.cum + weight)
        node.cumCount = BigInt.asIntN(64, node.cumCount + count)
        if (parent !== undefined) addCall(parent, node, weight, count, j !== last)
        parent = node
        if (withTags) path.push(rowOf.get(node) ?? 0)
      }
    }
    if (withTags) paths.set(stack, path)
    if (parent === undefined) continue
    parent.flat = BigInt.asIntN(64, parent.flat + weight)
    parent.flatCount = BigInt.asIntN(64, parent.flatCount + count)
  }
  if (withTags) {
    addNodeTags(view, nodes, 0n, columnsOf(paths, profile.stacks.length))
  }
  return { nodes: withValue(nodes, view.dropsNegative) }
}

function columnsOf(paths: ReadonlyMap<number, readonly number[]>, length: number): NodePaths {
  const offsets = new Uint32Array(length + 1)
  const nodes = new Uint32Builder()
  const leaf = new Uint32Array(length).fill(NONE)
  for (let stack = 0; stack < length; stack++) {
    offsets[stack] = nodes.length
    const path = paths.get(stack) ?? []
    for (const node of path) nodes.push(node)
    leaf[stack] = path.at(-1) ?? NONE
  }
  offsets[length] = nodes.length
  return { offsets, nodes: nodes.finish(), leaf }
}

function addCall(from: ReportNode, to: ReportNode, weight: bigint, count: bigint, inline: boolean): void {
  const edge = from.out.get(to)
  if (edge === undefined) {
    connect({ from, to, weight, count, inline, residual: false })
    return
  }
  edge.weight = BigInt.asIntN(64, edge.weight + weight)
  edge.count = BigInt.asIntN(64, edge.count + count)
  if (!inline) edge.inline = false
}
