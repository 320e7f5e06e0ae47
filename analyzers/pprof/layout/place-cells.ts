/**
 * From the order of cells to their places from left to right: every cell comes as near to its neighbours above and below
 * as its rank leaves room. Within a rank that is a regression with the order kept, which has an exact answer.
 */
import type { LayeredGraph, Neighbours } from './layered-graph.ts'

const ROUNDS = 16
const GAP = 18
/** Without neighbours on that side a cell would rather stay, but gives way. */
const INERTIA = 0.05

/** The centre of each cell. */
export function placeCells(graph: LayeredGraph): Float64Array {
  const { ranks, width, above, below } = graph
  const x = new Float64Array(graph.rank.length)
  for (const cells of ranks) {
    let right = 0
    for (const cell of cells) {
      x[cell] = right + (width[cell] ?? 0) / 2
      right += (width[cell] ?? 0) + GAP
    }
  }
  for (let round = 0; round < ROUNDS; round++) {
    // At last both sides count.
    const isLate = round >= ROUNDS - 4
    const isDown = round % 2 === 0
    const sides = isLate ? [above, below] : [isDown ? above : below]
    for (let i = 0; i < ranks.length; i++) {
      const cells = ranks[isDown ? i : ranks.length - 1 - i]
      if (cells !== undefined) placeRank(cells, sides, width, x)
    }
  }
  return x
}

interface Block {
  /** Where the block wants to begin, and how much. */
  wish: number
  weight: number
  end: number
}

function placeRank(cells: Uint32Array, sides: readonly Neighbours[], width: Float64Array, x: Float64Array): void {
  const blocks: Block[] = []
  // Where each cell stands when the rank begins at zero and is packed.
  const packed = new Float64Array(cells.length)
  let right = 0
  for (const [place, cell] of cells.entries()) {
    const half = (width[cell] ?? 0) / 2
    packed[place] = right + half
    right += 2 * half + GAP
    let weight = INERTIA
    let sum = INERTIA * (x[cell] ?? 0)
    for (const { offsets, cells: others, weights } of sides) {
      for (let row = offsets[cell] ?? 0; row < (offsets[cell + 1] ?? 0); row++) {
        weight += weights[row] ?? 0
        sum += (weights[row] ?? 0) * (x[others[row] ?? 0] ?? 0)
      }
    }
    let block: Block = { wish: sum / weight - (packed[place] ?? 0), weight, end: place + 1 }
    // Neighbours whose wishes overlap stand side by side where they together want to be.
    for (let before = blocks.at(-1); before !== undefined && before.wish >= block.wish; before = blocks.at(-1)) {
      blocks.pop()
      const both = before.weight + block.weight
      block = { wish: (before.wish * before.weight + block.wish * block.weight) / both, weight: both, end: block.end }
    }
    blocks.push(block)
  }
  let place = 0
  for (const { wish, end } of blocks) {
    for (; place < end; place++) x[cells[place] ?? 0] = wish + (packed[place] ?? 0)
  }
}
