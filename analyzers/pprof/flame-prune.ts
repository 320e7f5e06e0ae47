/**
 * A flame graph without its narrowest nodes, for places that can carry only so many. What is left keeps its place and
 * its values; a node's children may then fall short of it.
 */
import type { FlameGraph } from './flame-layout.ts'

export interface PrunedFlameGraph {
  readonly graph: FlameGraph
  /** Nodes of this share of the whole and narrower are left out; 0 when all are there. */
  readonly leftOutBelow: number
}

export function pruneFlameGraph(graph: FlameGraph, maxNodes: number): PrunedFlameGraph {
  if (graph.nodeCount <= maxNodes) return { graph, leftOutBelow: 0 }
  const widths = graph.x1.map((right, node) => right - (graph.x0[node] ?? 0))
  // A child is never wider than its parent, so what is wider than this is a tree of its own.
  const threshold = widths.toSorted()[graph.nodeCount - maxNodes - 1] ?? 0
  const rowOf = new Int32Array(graph.nodeCount).fill(-1)
  const kept: number[] = []
  for (let node = 0; node < graph.nodeCount; node++) {
    if (node > 0 && (widths[node] ?? 0) <= threshold) continue
    rowOf[node] = kept.length
    kept.push(node)
  }
  const whole = widths[0] ?? 0
  return { graph: pick(graph, Uint32Array.from(kept), rowOf), leftOutBelow: whole === 0 ? 0 : threshold / whole }
}

/** `nodes` rise, so levels and siblings stay in order. */
function pick(graph: FlameGraph, nodes: Uint32Array, rowOf: Int32Array): FlameGraph {
  const doubles = (column: Float64Array) => Float64Array.from(nodes, (node) => column[node] ?? 0)
  const parent = Int32Array.from(nodes, (node) => rowOf[graph.parent[node] ?? -1] ?? -1)
  const depth = Uint32Array.from(nodes, (node) => graph.depth[node] ?? 0)
  const firstChild = new Uint32Array(nodes.length + 1).fill(nodes.length)
  for (let row = nodes.length - 1; row > 0; row--) firstChild[parent[row] ?? 0] = row
  // A node without children points to where the next one's begin.
  for (let row = nodes.length - 1; row >= 0; row--) {
    if (firstChild[row] === nodes.length) firstChild[row] = firstChild[row + 1] ?? nodes.length
  }
  const levels: number[] = []
  depth.forEach((each, row) => {
    if (each === levels.length) levels.push(row)
  })
  return {
    sampleType: graph.sampleType,
    frames: graph.frames,
    nodeCount: nodes.length,
    parent,
    depth,
    frame: Uint32Array.from(nodes, (node) => graph.frame[node] ?? 0),
    flat: doubles(graph.flat),
    cum: doubles(graph.cum),
    baseFlat: graph.baseFlat === null ? null : doubles(graph.baseFlat),
    baseCum: graph.baseCum === null ? null : doubles(graph.baseCum),
    x0: doubles(graph.x0),
    x1: doubles(graph.x1),
    firstChild,
    levelOffsets: Uint32Array.from([...levels, nodes.length]),
  }
}
