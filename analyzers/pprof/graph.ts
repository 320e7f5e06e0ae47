/**
 * Flat and cumulative sums per frame, and the weights of calls between frames, as google/pprof computes them: a frame
 * counts once per stack however often it recurs, inlined frames are frames like any other, an edge counts once per
 * stack.
 */
import type { FrameTable } from './frames.ts'
import { exactSums } from './int64.ts'
import type { Int64Column, Profile } from './profile.ts'
import type { StackWeights } from './stack-weights.ts'

export interface FrameSums {
  /** By frame: the value of stacks that end in it, and of stacks that contain it. */
  readonly flat: Int64Column
  readonly cum: Int64Column
}

/** `kept`: frames that are there; a stack whose innermost frame was left out counts as nobody's own. */
export function sumByFrame(profile: Profile, table: FrameTable, stacks: StackWeights, kept?: Uint8Array): FrameSums {
  const [flat, cum] = exactSums(stacks.weights, (weights) => addStacks(profile, table, stacks.live, weights))
  if (kept !== undefined) {
    for (let frame = 0; frame < kept.length; frame++) {
      if (kept[frame] === 1) continue
      for (const column of [flat, cum]) {
        if (column instanceof Float64Array) column[frame] = 0
        else if (column !== undefined) column[frame] = 0n
      }
    }
  }
  return { flat: flat ?? new Float64Array(0), cum: cum ?? new Float64Array(0) }
}

function addStacks(profile: Profile, table: FrameTable, live: Uint8Array, weights: Float64Array): Float64Array[] {
  const { offsets: stackOffsets, locations, length } = profile.stacks
  const { offsets, ids } = table
  const flat = new Float64Array(table.frames.length)
  const cum = new Float64Array(table.frames.length)
  const seenIn = new Uint32Array(table.frames.length)
  for (let stack = 0; stack < length; stack++) {
    const start = stackOffsets[stack] ?? 0
    const end = stackOffsets[stack + 1] ?? 0
    if (live[stack] === 0 || start === end) continue
    const weight = weights[stack] ?? 0
    const leaf = ids[offsets[locations[start] ?? 0] ?? 0] ?? 0
    flat[leaf] = (flat[leaf] ?? 0) + weight
    for (let i = start; i < end; i++) {
      const location = locations[i] ?? 0
      const frameEnd = offsets[location + 1] ?? 0
      for (let j = offsets[location] ?? 0; j < frameEnd; j++) {
        const frame = ids[j] ?? 0
        if (seenIn[frame] === stack + 1) continue
        seenIn[frame] = stack + 1
        cum[frame] = (cum[frame] ?? 0) + weight
      }
    }
  }
  return [flat, cum]
}

export interface EdgeColumns {
  readonly length: number
  /** Indices of frames; a frame that calls itself has an edge to itself. */
  readonly caller: Uint32Array
  readonly callee: Uint32Array
  /** 1 where every call was inlined. */
  readonly inline: Uint8Array
  /** 1 where the edge stands for a path through frames that were left out. */
  readonly residual: Uint8Array
  readonly weight: Int64Column
}

export interface EdgeOptions {
  /** Only edges that touch such a frame. */
  readonly touching?: Uint8Array | undefined
  /** Frames to keep; calls go past the others. */
  readonly kept?: Uint8Array | undefined
}

export function callEdges(
  profile: Profile,
  table: FrameTable,
  stacks: StackWeights,
  options: EdgeOptions = {},
): EdgeColumns {
  const collector = new EdgeCollector(table, options)
  const [weight] = exactSums(stacks.weights, (weights) => {
    collector.restart()
    for (let stack = 0; stack < profile.stacks.length; stack++) {
      if (stacks.live[stack] !== 0) collector.addStack(profile, stack, weights[stack] ?? 0)
    }
    return [Float64Array.from(collector.weight)]
  })
  return {
    length: collector.caller.length,
    caller: Uint32Array.from(collector.caller),
    callee: Uint32Array.from(collector.callee),
    inline: Uint8Array.from(collector.inline),
    residual: Uint8Array.from(collector.residual),
    weight: weight ?? new Float64Array(0),
  }
}

class EdgeCollector {
  caller: number[] = []
  callee: number[] = []
  inline: number[] = []
  residual: number[] = []
  weight: number[] = []
  private seenIn: number[] = []
  private edgeOf = new Map<number, number>()
  private readonly table: FrameTable
  private readonly options: EdgeOptions

  constructor(table: FrameTable, options: EdgeOptions) {
    this.table = table
    this.options = options
  }

  /** Edges come in the same order each time, so the sums of several runs belong together. */
  restart(): void {
    this.caller = []
    this.callee = []
    this.inline = []
    this.residual = []
    this.weight = []
    this.seenIn = []
    this.edgeOf = new Map()
  }

  addStack(profile: Profile, stack: number, weight: number): void {
    const { stacks } = profile
    const { offsets, ids } = this.table
    const { kept } = this.options
    const start = stacks.offsets[stack] ?? 0
    let parent = -1
    let residual = 0
    for (let i = (stacks.offsets[stack + 1] ?? 0) - 1; i >= start; i--) {
      const location = stacks.locations[i] ?? 0
      const first = offsets[location] ?? 0
      const last = (offsets[location + 1] ?? 0) - 1
      for (let j = last; j >= first; j--) {
        const frame = ids[j] ?? 0
        if (kept !== undefined && kept[frame] === 0) {
          residual = 1
          continue
        }
        if (parent >= 0) this.addCall(stack, parent, frame, weight, j === last ? 0 : 1, residual)
        parent = frame
        residual = 0
      }
    }
  }

  private addCall(
    stack: number,
    caller: number,
    callee: number,
    weight: number,
    inline: number,
    residual: number,
  ): void {
    const { touching } = this.options
    if (touching !== undefined && touching[caller] === 0 && touching[callee] === 0) return
    const key = caller * this.table.frames.length + callee
    const edge = this.edgeOf.get(key)
    if (edge === undefined) {
      this.edgeOf.set(key, this.caller.length)
      this.caller.push(caller)
      this.callee.push(callee)
      this.inline.push(inline)
      this.residual.push(residual)
      this.weight.push(weight)
      this.seenIn.push(stack)
      return
    }
    if (this.seenIn[edge] === stack) return
    this.seenIn[edge] = stack
    this.weight[edge] = (this.weight[edge] ?? 0) + weight
    if (inline === 0) this.inline[edge] = 0
    if (residual === 1) this.residual[edge] = 1
  }
}
