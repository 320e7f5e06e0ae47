/**
 * In which rank each box stands: callers above what they call, as far as there are no circles, and heavy calls short. Only
 * ranks; order and places come later.
 */
import type { Arrow } from './layered-graph.ts'

interface Call {
  readonly upper: number
  readonly lower: number
  readonly weight: number
}

const PASSES = 6

/** `boxes`: how many there are; the first ones are taken for the roots where everything goes in circles. */
export function assignRanks(boxes: number, arrows: readonly Arrow[]): Uint32Array {
  const { calls, order } = withoutCircles(boxes, arrows)
  const up: Call[][] = Array.from({ length: boxes }, () => [])
  const down: Call[][] = Array.from({ length: boxes }, () => [])
  for (const call of calls) {
    up[call.lower]?.push(call)
    down[call.upper]?.push(call)
  }
  const rank = new Uint32Array(boxes)
  const highest = (box: number) =>
    (up[box] ?? []).reduce((most, { upper }) => Math.max(most, (rank[upper] ?? 0) + 1), 0)
  const lowest = (box: number) =>
    (down[box] ?? []).reduce((least, { lower }) => Math.min(least, (rank[lower] ?? 0) - 1), Number.POSITIVE_INFINITY)
  for (const box of order) rank[box] = highest(box)
  // A box with more weight below it moves down to it, so that the picture gets no wider than it must.
  const pull = order.map((box) => weightOf(down[box]) - weightOf(up[box]))
  for (let pass = 0; pass < PASSES; pass++) {
    for (let i = 0; i < order.length; i++) {
      const at = pass % 2 === 0 ? order.length - 1 - i : i
      const box = order[at] ?? 0
      const force = pull[at] ?? 0
      const floor = lowest(box)
      if (force > 0 && floor !== Number.POSITIVE_INFINITY) rank[box] = floor
      else if (force < 0) rank[box] = highest(box)
    }
  }
  return withoutGaps(rank)
}

function weightOf(calls: readonly Call[] = []): number {
  return calls.reduce((sum, call) => sum + call.weight, 0)
}

/** Turns round the calls that lead back to a function that is being called, and gives an order in which all lead on. */
function withoutCircles(boxes: number, arrows: readonly Arrow[]): { calls: Call[]; order: number[] } {
  const out: Arrow[][] = Array.from({ length: boxes }, () => [])
  const isCalled = new Uint8Array(boxes)
  for (const arrow of arrows) {
    if (arrow.from === arrow.to) continue
    out[arrow.from]?.push(arrow)
    isCalled[arrow.to] = 1
  }
  // The heaviest first: a call that closes a circle is then a light one.
  for (const list of out) list.sort((left, right) => right.weight - left.weight)
  const state = new Uint8Array(boxes)
  const [OPEN, DONE] = [1, 2]
  const calls: Call[] = []
  const finished: number[] = []
  const visit = (root: number): void => {
    if (state[root] !== 0) return
    state[root] = OPEN
    const path = [{ box: root, next: 0 }]
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const arrow = out[top.box]?.[top.next++]
      if (arrow === undefined) {
        state[top.box] = DONE
        finished.push(top.box)
        path.pop()
      } else if (state[arrow.to] === OPEN) calls.push({ upper: arrow.to, lower: arrow.from, weight: arrow.weight })
      else {
        calls.push({ upper: arrow.from, lower: arrow.to, weight: arrow.weight })
        if (state[arrow.to] !== 0) continue
        state[arrow.to] = OPEN
        path.push({ box: arrow.to, next: 0 })
      }
    }
  }
  for (let box = 0; box < boxes; box++) if (isCalled[box] === 0) visit(box)
  for (let box = 0; box < boxes; box++) visit(box)
  return { calls, order: finished.reverse() }
}

function withoutGaps(rank: Uint32Array): Uint32Array {
  const used = [...new Set(rank)].sort((left, right) => left - right)
  const numbers = new Map(used.map((each, index) => [each, index]))
  return rank.map((each) => numbers.get(each) ?? 0)
}
