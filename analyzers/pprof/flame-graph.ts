/**
 * Builds the flame graph of a view: the call tree of its stacks, laid out as `flame-layout.ts` describes. With a base
 * it is differential, inverted it starts from the leaves. Knows nothing of colours, files or webviews.
 */
import { CallTree, sumUpwards } from './call-tree.ts'
import type { FlameFrame, FlameGraph } from './flame-layout.ts'
import { NONE } from './profile.ts'
import { compareNames } from './top.ts'
import type { View } from './view.ts'

export interface FlameOptions {
  /** The profile to compare with, seen with the same options. */
  readonly base?: View | undefined
  /** Leaves at the root: where value is spent, then from where it was called. */
  readonly inverted?: boolean | undefined
  /** Nodes narrower than this share of the whole are left out; their value stays in their parents. */
  readonly minShare?: number | undefined
}

/** Columns of the tree that is built: own values, own values of the base, own width. */
const FLAT = 0
const BASE = 1
const WIDTH = 2

export function flameGraph(view: View, options: FlameOptions = {}): FlameGraph {
  const names = new FrameNames()
  const tree = new CallTree(3)
  addStacks(tree, view, names, FLAT, options.inverted === true)
  if (options.base !== undefined) addStacks(tree, options.base, names, BASE, options.inverted === true)
  const { parent, frame, self } = tree.finish()
  const flat = self[FLAT] ?? new Float64Array(0)
  const base = self[BASE] ?? new Float64Array(0)
  const width = self[WIDTH] ?? new Float64Array(0)
  if (options.base !== undefined) {
    // As wide as the larger of the two, so that what exists on one side only can be seen.
    for (let node = 0; node < width.length; node++) {
      width[node] = Math.max(Math.abs(flat[node] ?? 0), Math.abs(base[node] ?? 0))
    }
  }
  const cum = flat.slice()
  sumUpwards(parent, cum)
  sumUpwards(parent, width)
  const baseFlat = options.base === undefined ? null : base
  const baseCum = baseFlat?.slice() ?? null
  if (baseCum !== null) sumUpwards(parent, baseCum)
  return layOut(view, names.frames, { parent, frame, flat, cum, baseFlat, baseCum, width }, options.minShare ?? 0)
}

interface Tree {
  readonly parent: Uint32Array
  readonly frame: Uint32Array
  readonly flat: Float64Array
  readonly cum: Float64Array
  readonly baseFlat: Float64Array | null
  readonly baseCum: Float64Array | null
  readonly width: Float64Array
}

function addStacks(tree: CallTree, view: View, names: FrameNames, column: number, inverted: boolean): void {
  const { profile, table, stacks } = view
  const frameIds = names.add(view)
  const { offsets, ids } = table
  const path: number[] = []
  for (let stack = 0; stack < profile.stacks.length; stack++) {
    if (stacks.live[stack] === 0) continue
    path.length = 0
    const end = profile.stacks.offsets[stack + 1] ?? 0
    for (let i = profile.stacks.offsets[stack] ?? 0; i < end; i++) {
      const location = profile.stacks.locations[i] ?? 0
      const frameEnd = offsets[location + 1] ?? 0
      for (let j = offsets[location] ?? 0; j < frameEnd; j++) path.push(frameIds[ids[j] ?? 0] ?? 0)
    }
    let node = 0
    if (inverted) for (let i = 0; i < path.length; i++) node = tree.child(node, path[i] ?? 0)
    else for (let i = path.length - 1; i >= 0; i--) node = tree.child(node, path[i] ?? 0)
    const weight = Number(stacks.weights[stack] ?? 0)
    tree.addSelf(node, column, weight)
    tree.addSelf(node, WIDTH, Math.abs(weight))
  }
}

/** One list of frames for one or two views; frame 0 is the root. */
class FrameNames {
  readonly frames: FlameFrame[] = [{ name: 'root', file: '', line: 0, mapping: '' }]
  private readonly idOfName = new Map<string, number>()

  /** The number of each frame of the view in the common list. */
  add(view: View): Uint32Array {
    const places = placesOf(view)
    return Uint32Array.from(view.table.frames, ({ name, file }, frame) => {
      const known = this.idOfName.get(name)
      if (known !== undefined) return known
      const place = places[frame]
      this.frames.push({ name, file, line: place?.line ?? 0, mapping: place?.mapping ?? '' })
      this.idOfName.set(name, this.frames.length - 1)
      return this.frames.length - 1
    })
  }
}

interface Place {
  line: number
  mapping: string
}

/** Where each frame starts, else its lowest sampled line, and the first binary it is seen in. */
function placesOf(view: View): Place[] {
  const { profile, table } = view
  const { locations, lines, functions, mappings } = profile
  const places: Place[] = table.frames.map(() => ({ line: 0, mapping: '' }))
  for (let location = 0; location < locations.length; location++) {
    const mapping = mappings[locations.mapping[location] ?? NONE]?.file ?? ''
    const firstLine = locations.lineOffsets[location] ?? 0
    const lineCount = (locations.lineOffsets[location + 1] ?? 0) - firstLine
    const first = table.offsets[location] ?? 0
    for (let i = first; i < (table.offsets[location + 1] ?? 0); i++) {
      const place = places[table.ids[i] ?? 0]
      if (place === undefined) continue
      if (place.mapping === '') place.mapping = mapping
      if (lineCount === 0) continue
      const line = firstLine + i - first
      const start = functions.startLine[lines.functionIndex[line] ?? NONE] ?? 0
      const sampled = lines.line[line] ?? 0
      if (start > 0) place.line = start
      else if (sampled > 0 && (place.line === 0 || sampled < place.line)) place.line = sampled
    }
  }
  return places
}

/** Sorts the nodes into rows, widest siblings first, and gives them their place. */
function layOut(view: View, frames: readonly FlameFrame[], tree: Tree, minShare: number): FlameGraph {
  const { offsets, children } = childLists(tree, (tree.width[0] ?? 0) * minShare)
  const nodeCount = children.length + 1
  /** The tree's number of each node, row by row. */
  const nodes = new Uint32Array(nodeCount)
  const parent = new Int32Array(nodeCount)
  const firstChild = new Uint32Array(nodeCount + 1)
  const levels: number[] = [0]
  parent[0] = -1
  let placed = 1
  for (let start = 0; start < placed; ) {
    const end = placed
    levels.push(end)
    for (let node = start; node < end; node++) {
      firstChild[node] = placed
      const first = offsets[nodes[node] ?? 0] ?? 0
      const last = offsets[(nodes[node] ?? 0) + 1] ?? 0
      if (last - first > 1) sortWidestFirst(children.subarray(first, last), tree, frames)
      for (let i = first; i < last; i++) {
        nodes[placed] = children[i] ?? 0
        parent[placed++] = node
      }
    }
    start = end
  }
  // Below a node that is left out nothing is shown either, so the last rows may stay empty.
  firstChild.fill(placed, placed)
  const shown = nodes.subarray(0, placed)
  const levelOffsets = Uint32Array.from(levels)
  const width = pick(tree.width, shown)
  const starts = firstChild.slice(0, placed + 1)
  return {
    sampleType: { type: view.sampleType.type, unit: view.sampleType.unit },
    frames,
    nodeCount: placed,
    parent: parent.slice(0, placed),
    depth: depths(levelOffsets, placed),
    frame: shown.map((node) => tree.frame[node] ?? 0),
    flat: pick(tree.flat, shown),
    cum: pick(tree.cum, shown),
    baseFlat: tree.baseFlat === null ? null : pick(tree.baseFlat, shown),
    baseCum: tree.baseCum === null ? null : pick(tree.baseCum, shown),
    ...extents(starts, width),
    firstChild: starts,
    levelOffsets,
  }
}

function pick(column: Float64Array, rows: Uint32Array): Float64Array {
  const picked = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = column[rows[i] ?? 0] ?? 0
  return picked
}

/** The children of node `i` that are wide enough are `children[offsets[i] .. offsets[i + 1])`; by counting sort. */
function childLists(tree: Tree, minWidth: number): { offsets: Uint32Array; children: Uint32Array } {
  const { parent, width } = tree
  const isShown = (node: number) => (width[node] ?? 0) >= minWidth && (width[node] ?? 0) > 0
  const offsets = new Uint32Array(parent.length + 1)
  for (let node = 1; node < parent.length; node++) {
    const above = (parent[node] ?? 0) + 1
    if (isShown(node)) offsets[above] = (offsets[above] ?? 0) + 1
  }
  for (let node = 0; node < parent.length; node++) offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0)
  const next = offsets.slice()
  const children = new Uint32Array(offsets[parent.length] ?? 0)
  for (let node = 1; node < parent.length; node++) {
    if (!isShown(node)) continue
    const above = parent[node] ?? 0
    const slot = next[above] ?? 0
    children[slot] = node
    next[above] = slot + 1
  }
  return { offsets, children }
}

function sortWidestFirst(nodes: Uint32Array, tree: Tree, frames: readonly FlameFrame[]): void {
  const nameOf = (node: number) => frames[tree.frame[node] ?? 0]?.name ?? ''
  nodes.sort((left, right) => {
    const difference = (tree.width[right] ?? 0) - (tree.width[left] ?? 0)
    return difference !== 0 ? difference : compareNames(nameOf(left), nameOf(right))
  })
}

function depths(levelOffsets: Uint32Array, nodeCount: number): Uint32Array {
  const depth = new Uint32Array(nodeCount)
  for (let level = 0; level + 1 < levelOffsets.length; level++) {
    depth.fill(level, levelOffsets[level], levelOffsets[level + 1])
  }
  return depth
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
