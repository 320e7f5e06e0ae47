/**
 * Draws a directed graph in ranks from top to bottom: boxes and the ways of the arrows between them. Pure geometry; what a
 * box or an arrow stands for is not known here. Our own, because the layout libraries that were tried take 40 to 300 ms
 * for the eighty functions of a call graph, and an answer is to take 20.
 */
import { assignRanks } from './assign-ranks.ts'
import { type Arrow, layeredGraph, type Size } from './layered-graph.ts'
import { orderRanks } from './order-ranks.ts'
import { placeCells } from './place-cells.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Layout extends Size {
  /** Centres of the boxes. */
  readonly boxes: readonly Point[]
  /**
   * Where each arrow passes, from its beginning to its end; nothing for one from a box to itself. Between the first point
   * and the second, the third and the fourth and so on it goes from rank to rank, in between straight through a rank.
   */
  readonly ways: readonly (readonly Point[])[]
}

export interface LayoutOptions {
  readonly margin: number
  /** Between ranks. */
  readonly distance: number
}

export function layOut(boxes: readonly Size[], arrows: readonly Arrow[], { margin, distance }: LayoutOptions): Layout {
  const graph = layeredGraph(boxes, arrows, assignRanks(boxes.length, arrows))
  orderRanks(graph)
  const x = placeCells(graph)
  let left = Number.POSITIVE_INFINITY
  let right = 0
  for (const [cell, centre] of x.entries()) left = Math.min(left, centre - (graph.width[cell] ?? 0) / 2)
  for (const [cell, centre] of x.entries()) {
    x[cell] = centre - left + margin
    right = Math.max(right, (x[cell] ?? 0) + (graph.width[cell] ?? 0) / 2)
  }
  const tops: number[] = []
  const heights: number[] = []
  let bottom = margin
  for (const cells of graph.ranks) {
    const height = cells.reduce((most, cell) => Math.max(most, boxes[cell]?.height ?? 0), 0)
    tops.push(bottom)
    heights.push(height)
    bottom += height + distance
  }
  const rankOf = (cell: number) => graph.rank[cell] ?? 0
  const middle = (cell: number) => (tops[rankOf(cell)] ?? 0) + (heights[rankOf(cell)] ?? 0) / 2
  const edgeOf = (cell: number, isUpper: boolean): Point => {
    const height = boxes[cell]?.height ?? heights[rankOf(cell)] ?? 0
    return { x: x[cell] ?? 0, y: middle(cell) + ((isUpper ? 1 : -1) * height) / 2 }
  }
  const chains = arrows.map(({ from, to }, index) => {
    const known = graph.chains[index] ?? []
    if (known.length > 0 || from === to) return known
    return rankOf(from) < rankOf(to) ? [from, to] : [to, from]
  })
  const ports = spreadPorts(boxes, chains, x)
  const ways = arrows.map(({ from }, index) => {
    const chain = chains[index] ?? []
    const down = chain.flatMap((cell, at) => [
      ...(at === 0 ? [] : [edgeOf(cell, false)]),
      ...(at === chain.length - 1 ? [] : [edgeOf(cell, true)]),
    ])
    const [first, last] = [down[0], down.at(-1)]
    if (first === undefined || last === undefined) return []
    down[0] = { ...first, x: ports.lower[index] ?? first.x }
    down[down.length - 1] = { ...last, x: ports.upper[index] ?? last.x }
    return chain[0] === from ? down : down.reverse()
  })
  const centres = boxes.map((_, box) => ({ x: x[box] ?? 0, y: middle(box) }))
  return { width: right + margin, height: bottom - distance + margin, boxes: centres, ways }
}

/** Between two lines that begin or end at one side of a box. */
const PORT_DISTANCE = 16
/** How much of a side is used. */
const PORT_SHARE = 0.8

interface Ports {
  /** Where each line leaves the lower side of its upper box. */
  readonly lower: Float64Array
  /** Where it meets the upper side of its lower box. */
  readonly upper: Float64Array
}

/** Lines at one side of a box lie beside each other, in the order of where they lead: also those there and back. */
function spreadPorts(boxes: readonly Size[], chains: readonly (readonly number[])[], x: Float64Array): Ports {
  const lower: number[][] = boxes.map(() => [])
  const upper: number[][] = boxes.map(() => [])
  for (const [line, chain] of chains.entries()) {
    lower[chain[0] ?? -1]?.push(line)
    upper[chain.at(-1) ?? -1]?.push(line)
  }
  const spread = (sides: readonly number[][], next: (line: number) => number | undefined) => {
    const ports = new Float64Array(chains.length)
    for (const [box, lines] of sides.entries()) {
      const target = (line: number) => x[next(line) ?? box] ?? 0
      lines.sort((left, right) => target(left) - target(right) || left - right)
      const step = Math.min(PORT_DISTANCE, ((boxes[box]?.width ?? 0) * PORT_SHARE) / lines.length)
      for (const [place, line] of lines.entries()) ports[line] = (x[box] ?? 0) + (place - (lines.length - 1) / 2) * step
    }
    return ports
  }
  return { lower: spread(lower, (line) => chains[line]?.[1]), upper: spread(upper, (line) => chains[line]?.at(-2)) }
}
