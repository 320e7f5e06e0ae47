/**
 * What the steps of a layered layout hand to each other, in columns: boxes in ranks, and on the way of every longer call a
 * bend in each rank that it passes, so that all lines lead from one rank to the next.
 */
import { countsToOffsets } from '../counts-to-offsets.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Arrow {
  /** Indices of boxes. */
  readonly from: number
  readonly to: number
  /** How much it should be short and straight. */
  readonly weight: number
  /** Room for what is written at it. */
  readonly labelWidth: number
}

/** The cells `0 .. boxes` are boxes, the others bends. */
export interface LayeredGraph {
  readonly boxes: number
  readonly rank: Uint32Array
  readonly width: Float64Array
  /** The cells of each rank; their order is what `order-ranks.ts` decides. */
  readonly ranks: Uint32Array[]
  /** Lines from a cell to one in the next rank. */
  readonly above: Neighbours
  readonly below: Neighbours
  /** The cells on the way of each arrow, from the higher rank down; empty where it is drawn directly. */
  readonly chains: readonly (readonly number[])[]
}

/** The neighbours of cell `i` are rows `offsets[i] .. offsets[i + 1]`. */
export interface Neighbours {
  readonly offsets: Uint32Array
  readonly cells: Uint32Array
  readonly weights: Float64Array
}

/** Bends in all; the lightest of the arrows that would need more are drawn directly, past the boxes or behind them. */
const MOST_BENDS = 1500
const BEND_WIDTH = 4

export function layeredGraph(boxes: readonly Size[], arrows: readonly Arrow[], rankOf: Uint32Array): LayeredGraph {
  const rank = Array.from(rankOf)
  const width = boxes.map((box) => box.width)
  const lines: { upper: number; lower: number; weight: number }[] = []
  const chains: number[][] = arrows.map(() => [])
  let room = MOST_BENDS
  const byWeight = arrows.map((_, index) => index).sort((a, b) => (arrows[b]?.weight ?? 0) - (arrows[a]?.weight ?? 0))
  for (const index of byWeight) {
    const arrow = arrows[index]
    if (arrow === undefined || arrow.from === arrow.to) continue
    const isDown = (rankOf[arrow.from] ?? 0) < (rankOf[arrow.to] ?? 0)
    const [top, bottom] = isDown ? [arrow.from, arrow.to] : [arrow.to, arrow.from]
    const first = rankOf[top] ?? 0
    const last = rankOf[bottom] ?? 0
    const bends = last - first - 1
    if (bends > room) continue
    room -= bends
    const chain = [top]
    for (let at = first + 1; at < last; at++) {
      chain.push(rank.push(at) - 1)
      width.push(at === (first + last) >> 1 ? arrow.labelWidth : BEND_WIDTH)
    }
    chain.push(bottom)
    chains[index] = chain
    for (let i = 1; i < chain.length; i++) {
      const [upper = 0, lower = 0] = [chain[i - 1], chain[i]]
      // The longer a line, the more its middle should be straight.
      const straight = (upper < boxes.length ? 1 : 4) * (lower < boxes.length ? 1 : 4)
      lines.push({ upper, lower, weight: arrow.weight * straight })
    }
  }
  const count = rank.length
  const ranks: number[][] = Array.from({ length: 1 + rank.reduce((most, each) => Math.max(most, each), 0) }, () => [])
  for (const [cell, at] of rank.entries()) ranks[at]?.push(cell)
  return {
    boxes: boxes.length,
    rank: Uint32Array.from(rank),
    width: Float64Array.from(width),
    ranks: ranks.map((cells) => Uint32Array.from(cells)),
    above: neighbours(count, lines, (line) => [line.lower, line.upper]),
    below: neighbours(count, lines, (line) => [line.upper, line.lower]),
    chains,
  }
}

function neighbours<Line extends { readonly weight: number }>(
  count: number,
  lines: readonly Line[],
  ends: (line: Line) => readonly [at: number, other: number],
): Neighbours {
  const offsets = new Uint32Array(count + 1)
  for (const line of lines) offsets[ends(line)[0]] = (offsets[ends(line)[0]] ?? 0) + 1
  countsToOffsets(offsets)
  const next = offsets.slice()
  const cells = new Uint32Array(lines.length)
  const weights = new Float64Array(lines.length)
  for (const line of lines) {
    const [at, other] = ends(line)
    const row = next[at] ?? 0
    next[at] = row + 1
    cells[row] = other
    weights[row] = line.weight
  }
  return { offsets, cells, weights }
}
