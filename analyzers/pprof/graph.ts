/**
 * Flat and cumulative sums per frame, and the weights of calls between frames, as google/pprof computes them: a frame
 * counts once per stack however often it recurs, inlined frames are frames like any other, an edge counts once per
 * stack.
 */
import { countsToOffsets } from './counts-to-offsets.ts'
import type { FrameTable } from './frames.ts'
import { Uint32Builder } from './growable.ts'
import { exactSums } from './int64.ts'
import type { Int64Column, Profile } from './profile.ts'
import { stacksWith } from './stack-index.ts'
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
  const calls = callsOf(profile, table, stacks.live, options)
  const edges = numberEdges(calls, table.frames.length)
  const [weight] = exactSums(stacks.weights, (weights) => [addCalls(calls, edges.ofCall, edges.length, weights)])
  const { length, caller, callee, inline, residual } = edges
  return { length, caller, callee, inline, residual, weight: weight ?? new Float64Array(0) }
}

/**
 * The calls of all stacks, sorted by caller and, for each caller, by stack. Telling the edges of one caller apart takes
 * one row for each frame, which stays in the processor's cache; a hash of pairs takes many times as long where there
 * are hundreds of thousands of them.
 */
interface Calls {
  /** The calls of caller `i` are rows `offsets[i] .. offsets[i + 1]`. */
  readonly offsets: Uint32Array
  readonly stack: Uint32Array
  readonly callee: Uint32Array
  /** INLINE, RESIDUAL or both. */
  readonly flags: Uint8Array
}

const INLINE = 1
const RESIDUAL = 2

function callsOf(profile: Profile, table: FrameTable, live: Uint8Array, options: EdgeOptions): Calls {
  // Other stacks have no such call.
  const needed = options.touching ?? options.kept
  const visited = needed && stacksWith(profile, table, needed)
  const offsets = new Uint32Array(table.frames.length + 1)
  const walk = (next: Uint32Array, into: Omit<Calls, 'offsets'> | null) => {
    const count = visited === undefined ? profile.stacks.length : visited.length
    for (let i = 0; i < count; i++) {
      const stack = visited === undefined ? i : (visited[i] ?? 0)
      if (live[stack] !== 0) addStack(profile, table, stack, options, next, into)
    }
  }
  walk(offsets, null)
  const total = countsToOffsets(offsets)
  const columns = { stack: new Uint32Array(total), callee: new Uint32Array(total), flags: new Uint8Array(total) }
  walk(offsets.slice(), columns)
  return { offsets, ...columns }
}

/** Counts the calls of a stack by caller in `next`, or writes them to the rows that `next` says. */
function addStack(
  profile: Profile,
  { offsets, ids }: FrameTable,
  stack: number,
  { touching, kept }: EdgeOptions,
  next: Uint32Array,
  into: Omit<Calls, 'offsets'> | null,
): void {
  const { offsets: stackOffsets, locations } = profile.stacks
  const start = stackOffsets[stack] ?? 0
  let parent = -1
  let residual = 0
  for (let i = (stackOffsets[stack + 1] ?? 0) - 1; i >= start; i--) {
    const location = locations[i] ?? 0
    const first = offsets[location] ?? 0
    const last = (offsets[location + 1] ?? 0) - 1
    for (let j = last; j >= first; j--) {
      const frame = ids[j] ?? 0
      if (kept !== undefined && kept[frame] === 0) {
        residual = RESIDUAL
        continue
      }
      if (parent >= 0 && (touching === undefined || touching[parent] === 1 || touching[frame] === 1)) {
        const row = next[parent] ?? 0
        next[parent] = row + 1
        if (into !== null) {
          into.stack[row] = stack
          into.callee[row] = frame
          into.flags[row] = (j === last ? 0 : INLINE) | residual
        }
      }
      parent = frame
      residual = 0
    }
  }
}

interface NumberedEdges extends Omit<EdgeColumns, 'weight'> {
  /** The edge of each call; `AGAIN` where the stack has been through it before. */
  readonly ofCall: Uint32Array
}

const AGAIN = 0xffffffff

function numberEdges({ offsets, stack, callee, flags }: Calls, frames: number): NumberedEdges {
  const callers = new Uint32Builder()
  const callees = new Uint32Builder()
  const inline = new Uint8Array(callee.length)
  const residual = new Uint8Array(callee.length)
  const ofCall = new Uint32Array(callee.length)
  /** By callee: its edge plus one, and the stack plus one that went through it last. */
  const edgeOf = new Uint32Array(frames)
  const seenIn = new Uint32Array(frames)
  for (let caller = 0; caller < frames; caller++) {
    const end = offsets[caller + 1] ?? 0
    // Of a caller before this one are smaller numbers.
    const first = callers.length
    for (let row = offsets[caller] ?? 0; row < end; row++) {
      const to = callee[row] ?? 0
      const flag = flags[row] ?? 0
      const within = (stack[row] ?? 0) + 1
      let edge = (edgeOf[to] ?? 0) - 1
      if (edge < first) {
        edge = callers.length
        callers.push(caller)
        callees.push(to)
        edgeOf[to] = edge + 1
        inline[edge] = flag & INLINE
        residual[edge] = flag >> 1
      } else if (seenIn[to] === within) {
        ofCall[row] = AGAIN
        continue
      } else {
        if ((flag & INLINE) === 0) inline[edge] = 0
        if ((flag & RESIDUAL) !== 0) residual[edge] = 1
      }
      seenIn[to] = within
      ofCall[row] = edge
    }
  }
  const { length } = callers
  const columns = { inline: inline.slice(0, length), residual: residual.slice(0, length), ofCall }
  return { length, caller: callers.finish(), callee: callees.finish(), ...columns }
}

function addCalls({ stack }: Calls, ofCall: Uint32Array, edges: number, weights: Float64Array): Float64Array {
  const sums = new Float64Array(edges)
  for (let row = 0; row < ofCall.length; row++) {
    const edge = ofCall[row] ?? AGAIN
    if (edge !== AGAIN) sums[edge] = (sums[edge] ?? 0) + (weights[stack[row] ?? 0] ?? 0)
  }
  return sums
}
