/**
 * Where each node of a flame graph lies on the canvas, and which node lies at a point: arithmetic and binary search over
 * the sorted rows of a `FlameGraph`, in time that does not depend on its size. No canvas, no events.
 */
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import type { Extent, Viewport } from './viewport.ts'

export interface Geometry {
  readonly graph: FlameGraph
  readonly viewport: Viewport
  readonly extent: Extent
  readonly rowHeight: number
  /** Grow upwards: the root is the lowest row. */
  readonly isFlipped: boolean
}

/** Number of rows, the root included. */
export function rowCount(graph: FlameGraph): number {
  return Math.max(0, graph.levelOffsets.length - 1)
}

/** Width of the whole graph in its own units; 1 for an empty one, so that nothing is divided by zero. */
export function graphWidth(graph: FlameGraph): number {
  const width = graph.nodeCount > 0 ? (graph.x1[0] ?? 0) : 0
  return width > 0 ? width : 1
}

/** Pixels = units × `scale` + `offset`. */
export function horizontalScale({ graph, viewport, extent }: Geometry): { scale: number; offset: number } {
  const scale = extent.width / (viewport.span * graphWidth(graph))
  return { scale, offset: (-viewport.left * extent.width) / viewport.span }
}

/** Top edge of a row in CSS pixels from the top of the canvas. */
export function rowTop({ extent, viewport, rowHeight, isFlipped }: Geometry, depth: number): number {
  const full = Math.max(extent.contentHeight, extent.height)
  return (isFlipped ? full - (depth + 1) * rowHeight : depth * rowHeight) - viewport.top
}

/** Depth of the row at `y` CSS pixels; may lie outside the graph. */
export function depthAt({ extent, viewport, rowHeight, isFlipped }: Geometry, y: number): number {
  const full = Math.max(extent.contentHeight, extent.height)
  const inside = y + viewport.top
  return Math.floor((isFlipped ? full - inside - Number.EPSILON : inside) / rowHeight)
}

/** The first node of `[from, to)` whose right edge lies right of `x`; `to` when there is none. */
export function firstEndingAfter(x1: Float64Array, from: number, to: number, x: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((x1[middle] ?? Number.POSITIVE_INFINITY) > x) high = middle
    else low = middle + 1
  }
  return low
}

/** The node under a point of the canvas, or -1. */
export function nodeAt(geometry: Geometry, x: number, y: number): number {
  const { graph, extent } = geometry
  if (x < 0 || y < 0 || x >= extent.width || y >= extent.height) return -1
  const depth = depthAt(geometry, y)
  if (depth < 0 || depth >= rowCount(graph)) return -1
  const { scale, offset } = horizontalScale(geometry)
  const units = (x - offset) / scale
  const from = graph.levelOffsets[depth] ?? 0
  const to = graph.levelOffsets[depth + 1] ?? 0
  const node = firstEndingAfter(graph.x1, from, to, units)
  return node < to && (graph.x0[node] ?? Number.POSITIVE_INFINITY) <= units ? node : -1
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where a node lies, in CSS pixels; parts may be off the canvas. */
export function boxOf(geometry: Geometry, node: number): Box {
  const { graph, rowHeight } = geometry
  const { scale, offset } = horizontalScale(geometry)
  const x = (graph.x0[node] ?? 0) * scale + offset
  return {
    x,
    y: rowTop(geometry, graph.depth[node] ?? 0),
    width: ((graph.x1[node] ?? 0) - (graph.x0[node] ?? 0)) * scale,
    height: rowHeight,
  }
}

/** The frames from the root to `node`. */
export function pathTo(graph: FlameGraph, node: number): number[] {
  const path: number[] = []
  for (let each = node; each >= 0; each = graph.parent[each] ?? -1) path.push(each)
  return path.reverse()
}
