/**
 * Which stacks hold a frame: built at the first question about single frames, kept as long as the profile, so that the
 * next one walks a few stacks instead of all. It takes as much memory as the stacks themselves.
 */
import { countsToOffsets } from './counts-to-offsets.ts'
import type { FrameTable } from './frames.ts'
import type { Profile, StackColumns } from './profile.ts'

/** Beyond this the memory weighs more than the time. */
const MOST_LOCATIONS = 8_000_000

interface StackIndex {
  /** The stacks of frame `i`, rising, are `stacks[offsets[i] .. offsets[i + 1])`, each once. */
  readonly offsets: Uint32Array
  readonly stacks: Uint32Array
}

const indexes = new WeakMap<StackColumns, WeakMap<FrameTable, StackIndex>>()

/** The stacks with a marked frame, rising; undefined where walking all of them is the better way. */
export function stacksWith(profile: Profile, table: FrameTable, marked: Uint8Array): Uint32Array | undefined {
  if (profile.stacks.locations.length > MOST_LOCATIONS) return undefined
  const { offsets, stacks } = indexOf(profile, table)
  let count = 0
  for (let frame = 0; frame < marked.length; frame++) {
    if (marked[frame] === 1) count += (offsets[frame + 1] ?? 0) - (offsets[frame] ?? 0)
  }
  if (count > profile.stacks.length / 2) return undefined
  const seen = new Uint8Array(profile.stacks.length)
  const found = new Uint32Array(count)
  let length = 0
  for (let frame = 0; frame < marked.length; frame++) {
    if (marked[frame] !== 1) continue
    for (let row = offsets[frame] ?? 0; row < (offsets[frame + 1] ?? 0); row++) {
      const stack = stacks[row] ?? 0
      if (seen[stack] === 1) continue
      seen[stack] = 1
      found[length++] = stack
    }
  }
  return found.subarray(0, length).sort()
}

function indexOf(profile: Profile, table: FrameTable): StackIndex {
  const known = indexes.get(profile.stacks) ?? new WeakMap<FrameTable, StackIndex>()
  indexes.set(profile.stacks, known)
  let index = known.get(table)
  if (index === undefined) {
    const offsets = new Uint32Array(table.frames.length + 1)
    eachFrameOfStacks(profile, table, offsets, null)
    const stacks = new Uint32Array(countsToOffsets(offsets))
    eachFrameOfStacks(profile, table, offsets.slice(), stacks)
    index = { offsets, stacks }
    known.set(table, index)
  }
  return index
}

/** Counts the stacks of each frame in `next`, or writes them where `next` says. */
function eachFrameOfStacks(profile: Profile, table: FrameTable, next: Uint32Array, into: Uint32Array | null): void {
  const { offsets: stackOffsets, locations, length } = profile.stacks
  const { offsets, ids } = table
  const seenIn = new Uint32Array(table.frames.length)
  for (let stack = 0; stack < length; stack++) {
    const end = stackOffsets[stack + 1] ?? 0
    for (let i = stackOffsets[stack] ?? 0; i < end; i++) {
      const location = locations[i] ?? 0
      const frameEnd = offsets[location + 1] ?? 0
      for (let j = offsets[location] ?? 0; j < frameEnd; j++) {
        const frame = ids[j] ?? 0
        if (seenIn[frame] === stack + 1) continue
        seenIn[frame] = stack + 1
        const row = next[frame] ?? 0
        next[frame] = row + 1
        if (into !== null) into[row] = stack
      }
    }
  }
}
