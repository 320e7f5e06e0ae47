/**
 * The order of the cells within their ranks, so that few lines cross: each rank is sorted again and again by where the
 * neighbours of its cells stand, downwards and upwards in turn, and the best order seen is taken.
 */
import type { LayeredGraph, Neighbours } from './layered-graph.ts'

const ROUNDS = 12
/** Rounds without a better order after which there is no hope. */
const PATIENCE = 4

/** Sorts the ranks of the graph in place. */
export function orderRanks(graph: LayeredGraph): void {
  const { ranks } = graph
  const position = new Uint32Array(graph.rank.length)
  firstOrder(graph, position)
  let best = ranks.map((cells) => cells.slice())
  let fewest = crossings(graph, position)
  let hopeless = 0
  for (let round = 0; round < ROUNDS && fewest > 0 && hopeless < PATIENCE; round++) {
    const isDown = round % 2 === 0
    for (let i = 1; i < ranks.length; i++) {
      const cells = ranks[isDown ? i : ranks.length - 1 - i]
      if (cells !== undefined) sortRank(cells, isDown ? graph.above : graph.below, position, round % 4 >= 2)
    }
    const count = crossings(graph, position)
    hopeless = count < fewest ? 0 : hopeless + 1
    if (count >= fewest) continue
    fewest = count
    best = ranks.map((cells) => cells.slice())
  }
  for (const [index, cells] of best.entries()) ranks[index]?.set(cells)
}

/** Depth first from the top, so that what belongs together stands together. */
function firstOrder({ ranks, rank, below }: LayeredGraph, position: Uint32Array): void {
  const filled = new Uint32Array(ranks.length)
  const seen = new Uint8Array(rank.length)
  for (const roots of ranks) {
    for (const root of roots.slice()) {
      const open = [root]
      for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
        if (seen[cell] === 1) continue
        seen[cell] = 1
        const at = rank[cell] ?? 0
        position[cell] = filled[at] ?? 0
        filled[at] = (filled[at] ?? 0) + 1
        for (let row = (below.offsets[cell + 1] ?? 0) - 1; row >= (below.offsets[cell] ?? 0); row--) {
          open.push(below.cells[row] ?? 0)
        }
      }
    }
  }
  for (const cells of ranks) cells.sort((left, right) => (position[left] ?? 0) - (position[right] ?? 0))
}

/** Cells without neighbours on that side keep their places. */
function sortRank(cells: Uint32Array, side: Neighbours, position: Uint32Array, lastFirst: boolean): void {
  const movable: { readonly cell: number; readonly centre: number; readonly before: number }[] = []
  const places: number[] = []
  for (const [place, cell] of cells.entries()) {
    let sum = 0
    let weight = 0
    for (let row = side.offsets[cell] ?? 0; row < (side.offsets[cell + 1] ?? 0); row++) {
      sum += (side.weights[row] ?? 0) * (position[side.cells[row] ?? 0] ?? 0)
      weight += side.weights[row] ?? 0
    }
    if (weight === 0) continue
    movable.push({ cell, centre: sum / weight, before: lastFirst ? -place : place })
    places.push(place)
  }
  movable.sort((left, right) => left.centre - right.centre || left.before - right.before)
  for (const [index, { cell }] of movable.entries()) {
    const place = places[index] ?? 0
    cells[place] = cell
    position[cell] = place
  }
}

function crossings({ ranks, below }: LayeredGraph, position: Uint32Array): number {
  let count = 0
  for (let at = 0; at + 1 < ranks.length; at++) {
    // How many lines so far end at or before each place, as a Fenwick tree.
    const tree = new Uint32Array((ranks[at + 1]?.length ?? 0) + 1)
    let lines = 0
    for (const cell of ranks[at] ?? []) {
      const ends: number[] = []
      for (let row = below.offsets[cell] ?? 0; row < (below.offsets[cell + 1] ?? 0); row++) {
        ends.push(position[below.cells[row] ?? 0] ?? 0)
      }
      for (const end of ends) {
        let before = 0
        for (let i = end + 1; i > 0; i -= i & -i) before += tree[i] ?? 0
        count += lines - before
      }
      for (const end of ends) for (let i = end + 1; i < tree.length; i += i & -i) tree[i] = (tree[i] ?? 0) + 1
      lines += ends.length
    }
  }
  return count
}
