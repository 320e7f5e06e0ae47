/**
 * Grows the tree of a flame graph from the root, one row after the other: the paths through a node are sorted by their next
 * frame, and each group is a child. What is too narrow to be shown is never followed, so a picture costs what it shows,
 * not what the profile holds.
 */
import type { FlameFrame, FlameGraph } from './flame-layout.ts'
import type { FlamePaths } from './flame-paths.ts'
import { Float64Builder, Uint32Builder } from './growable.ts'
import { compareNames } from './top.ts'

type Tree = Omit<FlameGraph, 'sampleType' | 'frames'>

/** Nodes narrower than `least` are left out; their value stays in their parents. `frames`: for the order of equals. */
export function growTree(paths: FlamePaths, frames: readonly Named[], least: (whole: number) => number): Tree {
  const { length, width } = paths
  const nodes = new Nodes(paths.base !== null)
  const groups = new Groups(paths, frames)
  let items = new Uint32Array(length)
  let next = new Uint32Array(length)
  for (let path = 0; path < length; path++) items[path] = path
  let whole = 0
  let value = 0
  let base = 0
  for (let path = 0; path < length; path++) {
    whole += width[path] ?? 0
    value += paths.value[path] ?? 0
    base += paths.base?.[path] ?? 0
  }
  nodes.add(-1, 0, { value, base, width: whole }, length)
  const levels = [0]
  for (let depth = 0, start = 0; start < nodes.length; depth++) {
    const end = nodes.length
    levels.push(end)
    let from = 0
    let to = 0
    for (let node = start; node < end; node++) {
      const count = nodes.paths.at(node)
      const own = groups.sort(items, from, from + count, depth)
      from += count
      nodes.own(own)
      for (const frame of groups.shown(least(whole))) {
        const room = groups.count[frame] ?? 0
        groups.place[frame] = to + 1
        to += room
        const sums = groups.sumsOf(frame)
        nodes.add(node, frame, sums, room)
      }
      groups.distribute(items, from - count, from, depth, next)
      groups.clear()
    }
    ;[items, next] = [next, items]
    start = end
  }
  return nodes.finish(Uint32Array.from(levels))
}

type Named = Pick<FlameFrame, 'name'>

interface Sums {
  readonly value: number
  readonly base: number
  readonly width: number
}

/** The paths of one node by their next frame. */
class Groups {
  readonly count: Uint32Array
  /** One more than where the next path of the group goes; 0 where the group is not shown. */
  readonly place: Uint32Array
  private readonly paths: FlamePaths
  private readonly frames: readonly Named[]
  private readonly value: Float64Array
  private readonly base: Float64Array
  private readonly width: Float64Array
  private touched: number[] = []

  constructor(paths: FlamePaths, frames: readonly Named[]) {
    this.paths = paths
    this.frames = frames
    this.count = new Uint32Array(frames.length)
    this.place = new Uint32Array(frames.length)
    this.value = new Float64Array(frames.length)
    this.base = new Float64Array(frames.length)
    this.width = new Float64Array(frames.length)
  }

  /** Adds up the groups of the paths `items[start .. end)`, and returns what ends in the node itself. */
  sort(items: Uint32Array, start: number, end: number, depth: number): Omit<Sums, 'width'> {
    const { offsets, frames, value, base, width } = this.paths
    let ownValue = 0
    let ownBase = 0
    for (let i = start; i < end; i++) {
      const path = items[i] ?? 0
      const at = (offsets[path] ?? 0) + depth
      if (at === offsets[path + 1]) {
        ownValue += value[path] ?? 0
        if (base !== null) ownBase += base[path] ?? 0
        continue
      }
      const frame = frames[at] ?? 0
      const count = this.count[frame] ?? 0
      if (count === 0) this.touched.push(frame)
      this.count[frame] = count + 1
      this.value[frame] = (this.value[frame] ?? 0) + (value[path] ?? 0)
      this.width[frame] = (this.width[frame] ?? 0) + (width[path] ?? 0)
      if (base !== null) this.base[frame] = (this.base[frame] ?? 0) + (base[path] ?? 0)
    }
    return { value: ownValue, base: ownBase }
  }

  /** The frames that are wide enough, the widest first. */
  shown(least: number): number[] {
    const { width, frames } = this
    const shown = this.touched.filter((frame) => (width[frame] ?? 0) >= least && (width[frame] ?? 0) > 0)
    if (shown.length < 2) return shown
    const nameOf = (frame: number) => frames[frame]?.name ?? ''
    return shown.sort((left, right) => {
      const difference = (width[right] ?? 0) - (width[left] ?? 0)
      return difference !== 0 ? difference : compareNames(nameOf(left), nameOf(right))
    })
  }

  sumsOf(frame: number): Sums {
    return { value: this.value[frame] ?? 0, base: this.base[frame] ?? 0, width: this.width[frame] ?? 0 }
  }

  /** Writes the paths of each shown group to its place. */
  distribute(items: Uint32Array, start: number, end: number, depth: number, into: Uint32Array): void {
    const { offsets, frames } = this.paths
    for (let i = start; i < end; i++) {
      const path = items[i] ?? 0
      const at = (offsets[path] ?? 0) + depth
      if (at === offsets[path + 1]) continue
      const frame = frames[at] ?? 0
      const place = this.place[frame] ?? 0
      if (place === 0) continue
      into[place - 1] = path
      this.place[frame] = place + 1
    }
  }

  clear(): void {
    for (const frame of this.touched) {
      this.count[frame] = 0
      this.place[frame] = 0
      this.value[frame] = 0
      this.base[frame] = 0
      this.width[frame] = 0
    }
    this.touched = []
  }
}

/** The columns of the tree while it grows. */
class Nodes {
  /** How many paths go through each node. */
  readonly paths = new Uint32Builder()
  private readonly parent = new Uint32Builder()
  private readonly frame = new Uint32Builder()
  private readonly firstChild = new Uint32Builder()
  private readonly flat = new Float64Builder()
  private readonly cum = new Float64Builder()
  private readonly width = new Float64Builder()
  private readonly baseFlat: Float64Builder | null
  private readonly baseCum: Float64Builder | null

  constructor(hasBase: boolean) {
    this.baseFlat = hasBase ? new Float64Builder() : null
    this.baseCum = hasBase ? new Float64Builder() : null
  }

  get length(): number {
    return this.frame.length
  }

  add(parent: number, frame: number, { value, base, width }: Sums, paths: number): void {
    this.parent.push(parent)
    this.frame.push(frame)
    this.cum.push(value)
    this.baseCum?.push(base)
    this.width.push(width)
    this.paths.push(paths)
  }

  /** Says what ends in the node; its children are added next. Nodes come in their order. */
  own({ value, base }: Omit<Sums, 'width'>): void {
    this.flat.push(value)
    this.baseFlat?.push(base)
    this.firstChild.push(this.length)
  }

  finish(levelOffsets: Uint32Array): Tree {
    const nodeCount = this.length
    this.firstChild.push(nodeCount)
    const firstChild = this.firstChild.finish()
    const depth = new Uint32Array(nodeCount)
    for (let level = 0; level + 1 < levelOffsets.length; level++) {
      depth.fill(level, levelOffsets[level], levelOffsets[level + 1])
    }
    return {
      nodeCount,
      parent: Int32Array.from(this.parent.finish()),
      depth,
      frame: this.frame.finish(),
      flat: this.flat.finish(),
      cum: this.cum.finish(),
      baseFlat: this.baseFlat?.finish() ?? null,
      baseCum: this.baseCum?.finish() ?? null,
      ...extents(firstChild, this.width.finish()),
      firstChild,
      levelOffsets,
    }
  }
}

function extents(firstChild: Uint32Array, width: Float64Array): { x0: Float64Array; x1: Float64Array } {
  const x0 = new Float64Array(width.length)
  const x1 = new Float64Array(width.length)
  x1[0] = width[0] ?? 0
  for (let node = 0; node < width.length; node++) {
    let x = x0[node] ?? 0
    for (let child = firstChild[node] ?? 0; child < (firstChild[node + 1] ?? 0); child++) {
      x0[child] = x
      x += width[child] ?? 0
      x1[child] = x
    }
  }
  return { x0, x1 }
}
