/**
 * The functions of a flame graph as a table: own and total value of each, recursion counted once. The same numbers as
 * the frames of the picture, for the table beside it.
 */
import type { FlameGraph } from './flame-layout.ts'

/** One entry for each frame of the graph; the root's (frame 0) stay 0. */
export interface FunctionTotals {
  readonly flat: Float64Array
  readonly cum: Float64Array
  /** The same of the profile compared against; zeros when the graph is not differential. */
  readonly baseFlat: Float64Array
  readonly baseCum: Float64Array
}

export function functionTotals(graph: FlameGraph): FunctionTotals {
  const size = graph.frames.length
  const flat = new Float64Array(size)
  const cum = new Float64Array(size)
  const baseFlat = new Float64Array(size)
  const baseCum = new Float64Array(size)
  const open = new Uint32Array(size)
  const next = Uint32Array.from(graph.firstChild)
  const path: number[] = graph.nodeCount > 0 ? [0] : []
  while (path.length > 0) {
    const node = path[path.length - 1] ?? 0
    const child = next[node] ?? 0
    if (child >= (graph.firstChild[node + 1] ?? 0)) {
      path.pop()
      if (node > 0) leave(graph.frame[node] ?? 0)
      continue
    }
    next[node] = child + 1
    enter(child)
    path.push(child)
  }
  return { flat, cum, baseFlat, baseCum }

  function enter(node: number): void {
    const frame = graph.frame[node] ?? 0
    flat[frame] = (flat[frame] ?? 0) + (graph.flat[node] ?? 0)
    baseFlat[frame] = (baseFlat[frame] ?? 0) + (graph.baseFlat?.[node] ?? 0)
    if (open[frame] === 0) {
      cum[frame] = (cum[frame] ?? 0) + (graph.cum[node] ?? 0)
      baseCum[frame] = (baseCum[frame] ?? 0) + (graph.baseCum?.[node] ?? 0)
    }
    open[frame] = (open[frame] ?? 0) + 1
  }

  function leave(frame: number): void {
    open[frame] = (open[frame] ?? 1) - 1
  }
}
