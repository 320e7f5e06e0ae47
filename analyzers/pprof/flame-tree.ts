/**
 * A small flame graph as plain JSON and back: what a tool's structured result carries to a view that has nothing else.
 * For graphs of a few thousand frames; a view of any size takes `flame-pack.ts`.
 */
import { sumUpwards } from './call-tree.ts'
import type { FlameFrame, FlameGraph } from './flame-layout.ts'

export interface FlameTree {
  readonly sample_type: { readonly type: string; readonly unit: string }
  /** The first stands for the whole. */
  readonly frames: readonly FlameFrame[]
  /** Of each node, by depth, then from left to right: its parent (-1 for the root), its frame, its own value. */
  readonly parent: readonly number[]
  readonly frame: readonly number[]
  readonly flat: readonly number[]
  /** Own value in the profile compared against; absent when the graph is not differential. */
  readonly base?: readonly number[] | undefined
}

/** Only functions that occur are kept. */
export function toFlameTree(graph: FlameGraph): FlameTree {
  const rowOf = new Map<number, number>([[0, 0]])
  for (const frame of graph.frame) if (!rowOf.has(frame)) rowOf.set(frame, rowOf.size)
  const frames = [...rowOf.keys()].map((frame) => {
    const { name = '', file = '', line = 0, mapping = '' } = graph.frames[frame] ?? {}
    return { name, file, line, mapping }
  })
  return {
    sample_type: graph.sampleType,
    frames,
    parent: [...graph.parent],
    frame: Array.from(graph.frame, (frame) => rowOf.get(frame) ?? 0),
    flat: [...graph.flat],
    ...(graph.baseFlat === null ? {} : { base: [...graph.baseFlat] }),
  }
}

/** The graph of a tree whose nodes are in the order that `toFlameTree` gives. @throws on any other. */
export function fromFlameTree(tree: FlameTree): FlameGraph {
  const nodeCount = tree.parent.length
  const parent = Int32Array.from(tree.parent)
  const flat = Float64Array.from(tree.flat)
  const depth = new Uint32Array(nodeCount)
  for (let node = 1; node < nodeCount; node++) {
    const above = parent[node] ?? -1
    if (above < 0 || above >= node) throw new Error(`node ${node} comes before its parent`)
    depth[node] = (depth[above] ?? 0) + 1
    if ((depth[node] ?? 0) < (depth[node - 1] ?? 0)) throw new Error(`node ${node} is out of order`)
  }
  const up = Uint32Array.from(parent, (above) => Math.max(0, above))
  const cum = flat.slice()
  const baseFlat = tree.base === undefined ? null : Float64Array.from(tree.base)
  const baseCum = baseFlat?.slice() ?? null
  const width = flat.map((value, node) => Math.max(Math.abs(value), Math.abs(baseFlat?.[node] ?? 0)))
  sumUpwards(up, cum)
  sumUpwards(up, width)
  if (baseCum !== null) sumUpwards(up, baseCum)
  return {
    sampleType: tree.sample_type,
    frames: tree.frames,
    nodeCount,
    parent,
    depth,
    frame: Uint32Array.from(tree.frame),
    flat,
    cum,
    baseFlat,
    baseCum,
    ...place(parent, width),
    levelOffsets: levelsOf(depth),
  }
}

function place(parent: Int32Array, width: Float64Array): Pick<FlameGraph, 'x0' | 'x1' | 'firstChild'> {
  const nodeCount = parent.length
  const x0 = new Float64Array(nodeCount)
  const x1 = new Float64Array(nodeCount)
  const firstChild = new Uint32Array(nodeCount + 1).fill(nodeCount)
  if (nodeCount > 0) x1[0] = width[0] ?? 0
  let edge = 0
  for (let node = 1; node < nodeCount; node++) {
    const above = parent[node] ?? 0
    if (firstChild[above] === nodeCount) {
      firstChild[above] = node
      edge = x0[above] ?? 0
    }
    x0[node] = edge
    edge = Math.min(edge + (width[node] ?? 0), x1[above] ?? 0)
    x1[node] = edge
  }
  for (let node = nodeCount - 1; node >= 0; node--) {
    if (firstChild[node] === nodeCount) firstChild[node] = firstChild[node + 1] ?? nodeCount
  }
  return { x0, x1, firstChild }
}

function levelsOf(depth: Uint32Array): Uint32Array {
  const starts: number[] = []
  depth.forEach((each, node) => {
    if (each === starts.length) starts.push(node)
  })
  return Uint32Array.from([...starts, depth.length])
}
