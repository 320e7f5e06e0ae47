/**
 * Other trees over the same samples, made from a flame graph: bottom-up (where the value is spent, then its callers),
 * and the callers and callees of one function. All are one breadth-first merge that groups nodes by frame, upwards or
 * downwards. Widest siblings come first.
 */
import type { FlameGraph } from './flame-layout.ts'

/** Groups narrower than this share of the whole are left out: a fifteenth of a pixel on a screen of 1,500. */
export const LEFT_OUT_BELOW = 1 / 20_000

/** Nodes that are being merged, and how much of each counts. */
interface Members {
  readonly node: number[]
  /** Row of the merged node above. */
  readonly group: number[]
  readonly cum: number[]
  readonly base: number[]
  readonly width: number[]
}

/** Appends the nodes that follow `member` to `next`, as members of the row `group`, and adds what ends there to it. */
type Step = (members: Members, member: number, group: number, next: Members, rows: Rows) => void

const noMembers = (): Members => ({ node: [], group: [], cum: [], base: [], width: [] })

function addMember(members: Members, node: number, group: number, cum: number, base: number, width: number): void {
  members.node.push(node)
  members.group.push(group)
  members.cum.push(cum)
  members.base.push(base)
  members.width.push(width)
}

/** Where the value is spent: leaves first, each with the paths that led to it. */
export function bottomUp(graph: FlameGraph): FlameGraph {
  const members = noMembers()
  for (let node = 1; node < graph.nodeCount; node++) {
    const own = ownPart(graph, node)
    if (own.width > 0) addMember(members, node, 0, own.cum, own.base, own.width)
  }
  return merge(graph, members, toCaller(graph), false)
}

/** The paths that lead to a function, its own frame first. */
export function callersOf(graph: FlameGraph, frame: number): FlameGraph {
  return merge(graph, outermost(graph, frame), toCaller(graph), true)
}

/** All that a function calls, merged over the places it was called from. */
export function calleesOf(graph: FlameGraph, frame: number): FlameGraph {
  return merge(graph, outermost(graph, frame), toCallees(graph), true)
}

function widthOf(graph: FlameGraph, node: number): number {
  return (graph.x1[node] ?? 0) - (graph.x0[node] ?? 0)
}

/** What a node has of its own, and how much wider it is than its children. */
function ownPart(graph: FlameGraph, node: number): { cum: number; base: number; width: number } {
  let width = widthOf(graph, node)
  for (let child = graph.firstChild[node] ?? 0; child < (graph.firstChild[node + 1] ?? 0); child++) {
    width -= widthOf(graph, child)
  }
  const cum = graph.flat[node] ?? 0
  const base = graph.baseFlat?.[node] ?? 0
  // Differences of large doubles leave dust; a node without a value of its own has no width of its own.
  return { cum, base, width: cum === 0 && base === 0 ? 0 : Math.max(width, 0) }
}

/** Nodes of a function that lie in no other node of it: recursion counts once. */
function outermost(graph: FlameGraph, frame: number): Members {
  const members = noMembers()
  const isInside = new Uint8Array(graph.nodeCount)
  for (let node = 0; node < graph.nodeCount; node++) {
    const parent = graph.parent[node] ?? -1
    const covered = parent >= 0 && isInside[parent] === 1
    const isMatch = graph.frame[node] === frame
    if (isMatch || covered) isInside[node] = 1
    if (isMatch && !covered) {
      addMember(members, node, 0, graph.cum[node] ?? 0, graph.baseCum?.[node] ?? 0, widthOf(graph, node))
    }
  }
  return members
}

function toCaller(graph: FlameGraph): Step {
  return (members, member, group, next, rows) => {
    const caller = graph.parent[members.node[member] ?? 0] ?? -1
    const cum = members.cum[member] ?? 0
    const base = members.base[member] ?? 0
    if (caller <= 0) addOwn(rows, group, cum, base)
    else addMember(next, caller, group, cum, base, members.width[member] ?? 0)
  }
}

function toCallees(graph: FlameGraph): Step {
  return (members, member, group, next, rows) => {
    const node = members.node[member] ?? 0
    for (let child = graph.firstChild[node] ?? 0; child < (graph.firstChild[node + 1] ?? 0); child++) {
      addMember(next, child, group, graph.cum[child] ?? 0, graph.baseCum?.[child] ?? 0, widthOf(graph, child))
    }
    addOwn(rows, group, graph.flat[node] ?? 0, graph.baseFlat?.[node] ?? 0)
  }
}

/** The merged tree under construction, one entry for each node. */
interface Rows {
  readonly parent: number[]
  readonly depth: number[]
  readonly frame: number[]
  readonly flat: number[]
  readonly baseFlat: number[]
  readonly cum: number[]
  readonly base: number[]
  readonly width: number[]
}

/**
 * Merges level by level. With `fromRoot` the members are the root itself (they all are one function); otherwise they
 * are what lies under it.
 */
function merge(graph: FlameGraph, start: Members, step: Step, fromRoot: boolean): FlameGraph {
  const rows: Rows = { parent: [], depth: [], frame: [], flat: [], baseFlat: [], cum: [], base: [], width: [] }
  const levelOffsets = [0]
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  addRow(rows, -1, 0, fromRoot ? (graph.frame[start.node[0] ?? 0] ?? 0) : 0)
  rows.cum[0] = sum(start.cum)
  rows.base[0] = sum(start.base)
  rows.width[0] = sum(start.width)
  const narrowest = (rows.width[0] ?? 0) * LEFT_OUT_BELOW

  let members = start
  if (fromRoot) {
    members = noMembers()
    for (let member = 0; member < start.node.length; member++) {
      step(start, member, 0, members, rows)
    }
  }
  levelOffsets.push(rows.parent.length)
  for (let depth = 1; members.node.length > 0; depth++) {
    const assigned = groupLevel(graph, rows, members, depth, narrowest)
    if (rows.parent.length === levelOffsets.at(-1)) break
    levelOffsets.push(rows.parent.length)
    const next = noMembers()
    for (let member = 0; member < members.node.length; member++) {
      const row = assigned[member] ?? -1
      if (row >= 0) step(members, member, row, next, rows)
    }
    members = next
  }
  return layOut(graph, rows, levelOffsets)
}

function addRow(rows: Rows, parent: number, depth: number, frame: number): void {
  rows.parent.push(parent)
  rows.depth.push(depth)
  rows.frame.push(frame)
  for (const column of [rows.flat, rows.baseFlat, rows.cum, rows.base, rows.width]) column.push(0)
}

function addOwn(rows: Rows, row: number, flat: number, base: number): void {
  rows.flat[row] = (rows.flat[row] ?? 0) + flat
  rows.baseFlat[row] = (rows.baseFlat[row] ?? 0) + base
}

/** Adds one row for each (parent, frame) of the members, widest first; says which row each member went to, -1 for none. */
function groupLevel(graph: FlameGraph, rows: Rows, members: Members, depth: number, narrowest: number): Int32Array {
  const found = new Map<number, number>()
  const groupOf = new Int32Array(members.node.length)
  const group: { parent: number; frame: number; cum: number; base: number; width: number }[] = []
  for (let member = 0; member < members.node.length; member++) {
    const frame = graph.frame[members.node[member] ?? 0] ?? 0
    const parent = members.group[member] ?? 0
    const key = parent * graph.frames.length + frame
    let at = found.get(key)
    if (at === undefined) {
      at = group.length
      found.set(key, at)
      group.push({ parent, frame, cum: 0, base: 0, width: 0 })
    }
    const into = group[at]
    if (into !== undefined) {
      into.cum += members.cum[member] ?? 0
      into.base += members.base[member] ?? 0
      into.width += members.width[member] ?? 0
    }
    groupOf[member] = at
  }
  const order = group
    .map((each, at) => ({ ...each, at }))
    .filter(({ width }) => width > narrowest)
    .sort((a, b) => a.parent - b.parent || b.width - a.width || a.frame - b.frame)
  const rowOf = new Int32Array(group.length).fill(-1)
  for (const each of order) {
    const row = rows.parent.length
    rowOf[each.at] = row
    addRow(rows, each.parent, depth, each.frame)
    rows.cum[row] = each.cum
    rows.base[row] = each.base
    rows.width[row] = each.width
  }
  return groupOf.map((at) => rowOf[at] ?? -1)
}

function layOut(graph: FlameGraph, rows: Rows, levelOffsets: readonly number[]): FlameGraph {
  const count = rows.parent.length
  const x0 = new Float64Array(count)
  const x1 = new Float64Array(count)
  const firstChild = new Uint32Array(count + 1).fill(count)
  x1[0] = rows.width[0] ?? 0
  let edge = 0
  for (let row = 1; row < count; row++) {
    const parent = rows.parent[row] ?? 0
    const isFirst = parent !== rows.parent[row - 1] || row === 1
    if (isFirst) {
      firstChild[parent] = row
      edge = x0[parent] ?? 0
    }
    x0[row] = edge
    edge += rows.width[row] ?? 0
    // Sums of doubles may overshoot by a rounding error; a child never leaves its parent.
    x1[row] = Math.min(edge, x1[parent] ?? edge)
  }
  // A node without children points at the first child of the next that has some.
  for (let row = count - 1; row >= 0; row--) {
    if (firstChild[row] === count) firstChild[row] = firstChild[row + 1] ?? count
  }
  return {
    sampleType: graph.sampleType,
    frames: graph.frames,
    nodeCount: count,
    parent: Int32Array.from(rows.parent),
    depth: Uint32Array.from(rows.depth),
    frame: Uint32Array.from(rows.frame),
    flat: Float64Array.from(rows.flat),
    cum: Float64Array.from(rows.cum),
    baseFlat: graph.baseFlat === null ? null : Float64Array.from(rows.baseFlat),
    baseCum: graph.baseCum === null ? null : Float64Array.from(rows.base),
    x0,
    x1,
    firstChild,
    levelOffsets: Uint32Array.from(levelOffsets),
  }
}
