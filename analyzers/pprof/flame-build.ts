/**
 * From a view of a profile to its flame graph: stacks with a common beginning share nodes, siblings stand widest first.
 * Works on typed arrays throughout, without recursion: stacks may be 100,000 frames deep.
 */
import type { FlameFrame, FlameGraph } from './flame-layout.ts'
import type { FrameTable } from './frames.ts'
import { Uint32Builder } from './growable.ts'
import { NONE, type Profile } from './profile.ts'
import type { View } from './view.ts'

/** Nodes in the order in which they were first met: parents before children. */
interface Trie {
  readonly count: number
  readonly parent: Uint32Array
  readonly frame: Uint32Array
  readonly flat: Float64Array
}

export function buildFlameGraph(view: View): FlameGraph {
  const trie = buildTrie(view)
  const { cum, width } = addUp(trie)
  const { order, levelOffsets } = sortByLevel(trie, width)
  return {
    sampleType: view.sampleType,
    frames: flameFrames(view.profile, view.table),
    ...layOut(trie, cum, width, order),
    levelOffsets,
  }
}

/** Frame 0 of a flame graph is the root, so frame `f` of the table is `f + 1` there. */
function buildTrie({ profile, table, stacks }: View): Trie {
  const { offsets: stackOffsets, locations, length } = profile.stacks
  const nodes = new NodeTable()
  const ends = new Uint32Array(length)
  for (let stack = 0; stack < length; stack++) {
    if (stacks.live[stack] === 0) continue
    let node = 0
    const start = stackOffsets[stack] ?? 0
    // Stacks and the frames of a location are stored leaf first; the tree grows from the root.
    for (let at = (stackOffsets[stack + 1] ?? 0) - 1; at >= start; at--) {
      const location = locations[at] ?? 0
      const innermost = table.offsets[location] ?? 0
      for (let line = (table.offsets[location + 1] ?? 0) - 1; line >= innermost; line--) {
        node = nodes.child(node, (table.ids[line] ?? 0) + 1)
      }
    }
    ends[stack] = node
  }
  const flat = new Float64Array(nodes.count)
  for (let stack = 0; stack < length; stack++) {
    const node = ends[stack] ?? 0
    if (stacks.live[stack] !== 0) flat[node] = (flat[node] ?? 0) + Number(stacks.weights[stack] ?? 0)
  }
  return { count: nodes.count, parent: nodes.parent.finish(), frame: nodes.frame.finish(), flat }
}

/** Finds or makes the child of a node for a frame: a hash table with open addressing over the nodes themselves. */
class NodeTable {
  readonly parent = new Uint32Builder()
  readonly frame = new Uint32Builder()
  /** Node, or 0 for a free place: the root is nobody's child. */
  private slots = new Uint32Array(1 << 12)

  constructor() {
    this.parent.push(NONE)
    this.frame.push(0)
  }

  get count(): number {
    return this.parent.length
  }

  child(parent: number, frame: number): number {
    const mask = this.slots.length - 1
    const parents = this.parent.raw()
    const frames = this.frame.raw()
    let slot = hash(parent, frame) & mask
    for (let node = this.slots[slot] ?? 0; node !== 0; node = this.slots[slot] ?? 0) {
      if (parents[node] === parent && frames[node] === frame) return node
      slot = (slot + 1) & mask
    }
    const node = this.count
    this.parent.push(parent)
    this.frame.push(frame)
    this.slots[slot] = node
    if (this.count * 2 > this.slots.length) this.grow()
    return node
  }

  private grow(): void {
    const slots = new Uint32Array(this.slots.length * 2)
    const mask = slots.length - 1
    for (let node = 1; node < this.count; node++) {
      let slot = hash(this.parent.at(node), this.frame.at(node)) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = node
    }
    this.slots = slots
  }
}

/** Multiplies by two odd constants without much structure and mixes the high bits down. */
function hash(parent: number, frame: number): number {
  const mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(frame, 0x85ebca77)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

function addUp({ count, parent, flat }: Trie): { cum: Float64Array; width: Float64Array } {
  const cum = flat.slice()
  const width = flat.map(Math.abs)
  for (let node = count - 1; node > 0; node--) {
    const above = parent[node] ?? 0
    cum[above] = (cum[above] ?? 0) + (cum[node] ?? 0)
    width[above] = (width[above] ?? 0) + (width[node] ?? 0)
  }
  return { cum, width }
}

/** Level by level, children of one parent together, widest first; what has no width is left out. */
function sortByLevel(
  { count, parent, frame }: Trie,
  width: Float64Array,
): { order: Uint32Array; levelOffsets: Uint32Array } {
  const childOffsets = new Uint32Array(count + 2)
  for (let node = 1; node < count; node++) {
    const at = (parent[node] ?? 0) + 2
    childOffsets[at] = (childOffsets[at] ?? 0) + 1
  }
  for (let node = 1; node < childOffsets.length; node++) {
    childOffsets[node] = (childOffsets[node] ?? 0) + (childOffsets[node - 1] ?? 0)
  }
  // Filling a parent's places moves its offset to the end of them, which is where the next one's begin.
  const children = new Uint32Array(Math.max(0, count - 1))
  for (let node = 1; node < count; node++) {
    const at = (parent[node] ?? 0) + 1
    children[childOffsets[at] ?? 0] = node
    childOffsets[at] = (childOffsets[at] ?? 0) + 1
  }

  const order = new Uint32Array(count)
  const levels = new Uint32Builder()
  levels.push(0)
  const wider = (a: number, b: number) => (width[b] ?? 0) - (width[a] ?? 0) || (frame[a] ?? 0) - (frame[b] ?? 0)
  let length = 1
  for (let start = 0; start < length; ) {
    const end = length
    levels.push(end)
    for (let at = start; at < end; at++) {
      const node = order[at] ?? 0
      const own = children.subarray(childOffsets[node] ?? 0, childOffsets[node + 1] ?? 0)
      if (own.length > 1) own.sort(wider)
      for (const child of own) if ((width[child] ?? 0) > 0) order[length++] = child
    }
    start = end
  }
  return { order: order.slice(0, length), levelOffsets: levels.finish().slice() }
}

type Nodes = Omit<FlameGraph, 'sampleType' | 'frames' | 'levelOffsets'>

function layOut(trie: Trie, cum: Float64Array, width: Float64Array, order: Uint32Array): Nodes {
  const nodeCount = order.length
  const rowOf = new Uint32Array(trie.count)
  const parent = new Int32Array(nodeCount).fill(-1)
  const depth = new Uint32Array(nodeCount)
  const x0 = new Float64Array(nodeCount)
  const x1 = new Float64Array(nodeCount)
  const firstChild = new Uint32Array(nodeCount + 1).fill(nodeCount)
  x1[0] = width[0] ?? 0
  let edge = 0
  for (let row = 1; row < nodeCount; row++) {
    const node = order[row] ?? 0
    rowOf[node] = row
    const above = rowOf[trie.parent[node] ?? 0] ?? 0
    parent[row] = above
    depth[row] = (depth[above] ?? 0) + 1
    if (firstChild[above] === nodeCount) {
      firstChild[above] = row
      edge = x0[above] ?? 0
    }
    x0[row] = edge
    // Sums of doubles may overshoot by a rounding error; a child never leaves its parent.
    edge = Math.min(edge + (width[node] ?? 0), x1[above] ?? 0)
    x1[row] = edge
  }
  // A node without children points to where the next one's begin.
  for (let row = nodeCount - 1; row >= 0; row--) {
    if (firstChild[row] === nodeCount) firstChild[row] = firstChild[row + 1] ?? nodeCount
  }
  const pick = (column: Float64Array) => Float64Array.from(order, (node) => column[node] ?? 0)
  const frame = Uint32Array.from(order, (node) => trie.frame[node] ?? 0)
  return { nodeCount, parent, depth, frame, flat: pick(trie.flat), cum: pick(cum), baseCum: null, x0, x1, firstChild }
}

/** The frames of the table behind the root, each with a place in the source and the binary it came from. */
function flameFrames(profile: Profile, table: FrameTable): FlameFrame[] {
  const { locations, lines, functions, mappings } = profile
  const line = new Float64Array(table.frames.length)
  const mapping = new Uint32Array(table.frames.length).fill(NONE)
  for (let location = 0; location < locations.length; location++) {
    const firstLine = locations.lineOffsets[location] ?? 0
    const first = table.offsets[location] ?? 0
    for (let at = first; at < (table.offsets[location + 1] ?? 0); at++) {
      const frame = table.ids[at] ?? 0
      if (mapping[frame] === NONE) mapping[frame] = locations.mapping[location] ?? NONE
      const row = firstLine + at - first
      const start = functions.startLine[lines.functionIndex[row] ?? NONE] ?? 0
      const sampled = lines.line[row] ?? 0
      const known = line[frame] ?? 0
      if (start > 0) line[frame] = start
      else if (sampled > 0 && (known === 0 || sampled < known)) line[frame] = sampled
    }
  }
  const root: FlameFrame = { name: 'all', file: '', line: 0, mapping: '' }
  const frames = table.frames.map((each, frame): FlameFrame => {
    const from = mappings[mapping[frame] ?? NONE]?.file ?? ''
    return { name: each.name, file: each.file, line: each.line || (line[frame] ?? 0), mapping: from }
  })
  return [root, ...frames]
}
