/** The graph of a report with one node for each different path instead of one for each function. */
import { CallTree } from '../call-tree.ts'
import { type FlamePaths, pathsOf } from '../flame-paths.ts'
import { NO_FRAME } from '../frames.ts'
import { growTree } from '../grow-tree.ts'
import { Uint32Builder } from '../growable.ts'
import { NONE } from '../profile.ts'
import type { View } from '../view.ts'
import { addNodeTags, type NodePaths } from './node-tags.ts'
import { connect, newNode, type ReportGraph, type ReportNode, withValue } from './report-graph.ts'

/** All of it, without labels: for views whose values may cancel out, or that show everything. */
export function callTreeGraph(view: View): TreeGraph {
  const { profile, table, stacks } = view
  const roots = new Map<number, ReportNode>()
  const children = new Map<ReportNode, Map<number, ReportNode>>()
  const nodes: ReportNode[] = []
  const paths: number[][] = []
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
        path.push(rowOf.get(node) ?? 0)
      }
    }
    paths[stack] = path
    if (parent === undefined) continue
    parent.flat = BigInt.asIntN(64, parent.flat + weight)
    parent.flatCount = BigInt.asIntN(64, parent.flatCount + count)
  }
  const shown = withValue(nodes, view.dropsNegative)
  const addTags = (least: bigint) => {
    const leaf = (path: readonly number[]) => path.at(-1) ?? NONE
    addNodeTags(view, nodes, least, columnsOf(paths, profile.stacks.length, leaf))
  }
  return { nodes: shown, droppedNodes: 0, addTags }
}

export interface TreeGraph extends ReportGraph {
  /** Nodes that were too small to be made. */
  readonly droppedNodes: number
  /** Gives the nodes the labels of at least that value. */
  addTags(least: bigint): void
}

/** What all nodes of a tree have of their own together, when no value is negative; undefined when one may be. */
export function wholeOfTree({ profile, stacks, divisors }: View): number | undefined {
  const { weights, live } = stacks
  if (divisors !== null || !(weights instanceof Float64Array)) return undefined
  const { offsets } = profile.stacks
  let whole = 0
  for (let stack = 0; stack < weights.length; stack++) {
    if (live[stack] === 0) continue
    const weight = weights[stack] ?? 0
    if (weight <= 0) return undefined
    if ((offsets[stack] ?? 0) < (offsets[stack + 1] ?? 0)) whole += weight
  }
  return whole
}

/**
 * The tree without nodes below `least`, of a view that has no negative value: what is below a small node is small as
 * well, so it is never made. @see wholeOfTree
 */
export function largeCallTree(view: View, least: bigint): TreeGraph {
  const { profile, table, stacks } = view
  const identity = Uint32Array.from(table.frames, (_, frame) => frame)
  const paths = pathsOf(view, identity, false)
  const grown = growTree(paths, table.frames, () => Number(least))
  // Node 0 is where all begin, and no function.
  const nodes: ReportNode[] = []
  const nodeOf = new Map<number, number>()
  const key = (parent: number, frame: number) => parent * table.frames.length + frame
  const scopes = Array.from({ length: grown.nodeCount }, () => ({}))
  for (let row = 1; row < grown.nodeCount; row++) {
    const parent = grown.parent[row] ?? 0
    const frame = grown.frame[row] ?? 0
    const node = newNode(table.frames[frame] ?? NO_FRAME, scopes[parent])
    node.flat = BigInt(grown.flat[row] ?? 0)
    node.cum = BigInt(grown.cum[row] ?? 0)
    nodeOf.set(key(parent, frame), row)
    nodes.push(node)
  }
  const isCalled = new Uint8Array(grown.nodeCount)
  const ways: number[][] = []
  /** In the order in which the stacks come to them: that is what tells nodes apart that are alike in all else. */
  const reached = new Set<number>()
  for (let stack = 0; stack < profile.stacks.length; stack++) {
    if (stacks.live[stack] === 0) continue
    const way = wayThrough(view, stack, isCalled, (parent, frame) => nodeOf.get(key(parent, frame)))
    for (const index of way) reached.add(index)
    ways[stack] = way
  }
  for (let row = 1; row < grown.nodeCount; row++) {
    const from = nodes[(grown.parent[row] ?? 0) - 1]
    const to = nodes[row - 1]
    if (from === undefined || to === undefined) continue
    connect({ from, to, weight: to.cum, count: 0n, inline: isCalled[row] === 0, residual: false })
  }
  const addTags = (leastTag: bigint) => {
    const leaf = (way: readonly number[], stack: number) =>
      way.length === lengthOf(view, stack) ? (way.at(-1) ?? NONE) : NONE
    addNodeTags(view, nodes, leastTag, columnsOf(ways, profile.stacks.length, leaf))
  }
  const inOrder = Array.from(reached).flatMap((index) => nodes[index] ?? [])
  return { nodes: inOrder, droppedNodes: treeSize(view, paths) - nodes.length, addTags }
}

/** How far a stack leads through the tree, and in `isCalled` which nodes it reaches by a call that is not inlined. */
function wayThrough(
  { profile, table }: View,
  stack: number,
  isCalled: Uint8Array,
  child: (parent: number, frame: number) => number | undefined,
): number[] {
  const { offsets, locations } = profile.stacks
  const way: number[] = []
  let parent = 0
  for (let i = (offsets[stack + 1] ?? 0) - 1; i >= (offsets[stack] ?? 0); i--) {
    const location = locations[i] ?? 0
    const last = (table.offsets[location + 1] ?? 0) - 1
    for (let j = last; j >= (table.offsets[location] ?? 0); j--) {
      const row = child(parent, table.ids[j] ?? 0)
      if (row === undefined) return way
      if (j === last) isCalled[row] = 1
      way.push(row - 1)
      parent = row
    }
  }
  return way
}

function lengthOf({ profile, table }: View, stack: number): number {
  const { offsets, locations } = profile.stacks
  let length = 0
  for (let i = offsets[stack] ?? 0; i < (offsets[stack + 1] ?? 0); i++) {
    const location = locations[i] ?? 0
    length += (table.offsets[location + 1] ?? 0) - (table.offsets[location] ?? 0)
  }
  return length
}

const sizes = new WeakMap<View, number>()

/** How many different paths there are, beginnings of others included. */
function treeSize(view: View, { length, offsets, frames }: FlamePaths): number {
  let size = sizes.get(view)
  if (size === undefined) {
    const tree = new CallTree(0)
    for (let path = 0; path < length; path++) {
      let node = 0
      for (let i = offsets[path] ?? 0; i < (offsets[path + 1] ?? 0); i++) node = tree.child(node, frames[i] ?? 0)
    }
    size = tree.nodeCount - 1
    sizes.set(view, size)
  }
  return size
}

function columnsOf(
  paths: readonly (readonly number[] | undefined)[],
  length: number,
  leafOf: (path: readonly number[], stack: number) => number,
): NodePaths {
  const offsets = new Uint32Array(length + 1)
  const nodes = new Uint32Builder()
  const leaf = new Uint32Array(length).fill(NONE)
  for (let stack = 0; stack < length; stack++) {
    offsets[stack] = nodes.length
    const path = paths[stack] ?? []
    for (const node of path) nodes.push(node)
    leaf[stack] = leafOf(path, stack)
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
