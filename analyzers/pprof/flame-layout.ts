/**
 * The shape of a flame graph as a struct of arrays: what the canvas, the SVG and the HTML exports draw, and what
 * crosses `postMessage` by transfer. Nodes are sorted by depth, then from left to right, so a row of the picture is one
 * contiguous range with rising `x0`, and the children of a node are contiguous too. It knows nothing of colours or
 * pixels.
 */

/** What a rectangle is labelled with; frames are merged by function name, inlined frames included. */
export interface FlameFrame {
  readonly name: string
  /** Source file of the function, or '' where the profile does not say. */
  readonly file: string
  /** Where the function starts, else the lowest line of it that was sampled, or 0: the place "open source" goes to. */
  readonly line: number
  /** File of the binary or library the code was mapped from, or '': what unsymbolised frames are coloured by. */
  readonly mapping: string
}

export interface FlameGraph {
  readonly sampleType: { readonly type: string; readonly unit: string }
  /** Names of all rectangles; `frame` holds indices into it. Frame 0 is the root. */
  readonly frames: readonly FlameFrame[]
  readonly nodeCount: number
  /** Node 0 is the root, its parent is -1. */
  readonly parent: Int32Array
  readonly depth: Uint32Array
  readonly frame: Uint32Array
  /** The node's own value and the value of its whole subtree, in the unit of the sample type. */
  readonly flat: Float64Array
  readonly cum: Float64Array
  /** The same two of the profile compared against, or null when the graph is not differential; never just one. */
  readonly baseFlat: Float64Array | null
  readonly baseCum: Float64Array | null
  /**
   * Horizontal extent from 0 to `x1[0]`, in units of width. Width is `cum` where all values are positive; where some
   * are negative a node is as wide as the magnitudes below it, so that children always lie inside their parent.
   */
  readonly x0: Float64Array
  readonly x1: Float64Array
  /** Children of node `i` are nodes `firstChild[i] .. firstChild[i + 1]`; length `nodeCount + 1`. */
  readonly firstChild: Uint32Array
  /** Nodes of depth `d` are `levelOffsets[d] .. levelOffsets[d + 1]`; its length is the number of rows plus one. */
  readonly levelOffsets: Uint32Array
}

/** The buffers to pass as the transfer list of `postMessage`. */
export function transferList(graph: FlameGraph): ArrayBufferLike[] {
  const columns = [graph.parent, graph.depth, graph.frame, graph.flat, graph.cum, graph.x0, graph.x1]
  const base = [graph.baseFlat, graph.baseCum].filter((column) => column !== null)
  return [...columns, graph.firstChild, graph.levelOffsets, ...base].map((column) => column.buffer)
}
