/**
 * The stacks of one or two views as rows of frame numbers, from the root of the picture on, with what each is worth: all
 * that a call tree is grown from.
 */
import { Float64Builder, Uint32Builder } from './growable.ts'
import { SequenceTable } from './sequence-table.ts'
import type { View } from './view.ts'

export interface FlamePaths {
  readonly length: number
  /** The frames of path `i` are `frames[offsets[i] .. offsets[i + 1])`. */
  readonly offsets: Uint32Array
  readonly frames: Uint32Array
  readonly value: Float64Array
  /** Of the base, or null when there is none. */
  readonly base: Float64Array | null
  readonly width: Float64Array
}

/** `frameIds`: the number of each frame of the view in the picture's list. */
export function pathsOf(view: View, frameIds: Uint32Array, inverted: boolean): FlamePaths {
  const offsets = new Uint32Builder()
  const frames = new Uint32Builder()
  const value = new Float64Builder()
  eachPath(view, frameIds, inverted, (path, length, weight) => {
    offsets.push(frames.length)
    frames.append(path, length)
    value.push(weight)
  })
  const length = offsets.length
  offsets.push(frames.length)
  const values = value.finish()
  const width = new Float64Array(length)
  for (let path = 0; path < length; path++) width[path] = Math.abs(values[path] ?? 0)
  return { length, offsets: offsets.finish(), frames: frames.finish(), value: values, base: null, width }
}

/** Equal paths of both sides are one. */
export function pathsOfBoth(
  view: View,
  frameIds: Uint32Array,
  base: View,
  baseFrameIds: Uint32Array,
  inverted: boolean,
): FlamePaths {
  const table = new SequenceTable()
  const sides = [new Float64Builder(), new Float64Builder()] as const
  const add = (of: View, ids: Uint32Array, side: Float64Builder) => {
    eachPath(of, ids, inverted, (path, length, weight) => {
      const row = table.intern(path, length)
      for (const each of sides) while (each.length <= row) each.push(0)
      side.add(row, weight)
    })
  }
  add(view, frameIds, sides[0])
  add(base, baseFrameIds, sides[1])
  const { length, offsets, data } = table.finish()
  const [value, baseValue] = [sides[0].finish(), sides[1].finish()]
  // As wide as the larger of the two, so that what exists on one side only can be seen.
  const width = new Float64Array(length)
  for (let path = 0; path < length; path++) {
    width[path] = Math.max(Math.abs(value[path] ?? 0), Math.abs(baseValue[path] ?? 0))
  }
  return { length, offsets, frames: data, value, base: baseValue, width }
}

/** `path` is used again for the next one. */
function eachPath(
  { profile, table, stacks }: View,
  frameIds: Uint32Array,
  inverted: boolean,
  add: (path: Uint32Array, length: number, weight: number) => void,
): void {
  const { offsets: stackOffsets, locations } = profile.stacks
  const { offsets, ids } = table
  let path = new Uint32Array(256)
  for (let stack = 0; stack < profile.stacks.length; stack++) {
    if (stacks.live[stack] === 0) continue
    const start = stackOffsets[stack] ?? 0
    const end = stackOffsets[stack + 1] ?? 0
    let length = 0
    for (let i = start; i < end; i++) {
      const location = locations[i] ?? 0
      const frameEnd = offsets[location + 1] ?? 0
      for (let j = offsets[location] ?? 0; j < frameEnd; j++) {
        if (length === path.length) path = doubled(path)
        path[length++] = frameIds[ids[j] ?? 0] ?? 0
      }
    }
    if (!inverted) path.subarray(0, length).reverse()
    add(path, length, Number(stacks.weights[stack] ?? 0))
  }
}

function doubled(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}
