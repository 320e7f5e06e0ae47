/** A call graph as SVG: boxes in ranks, callers above what they call. No Graphviz needed. */
import { type CallGraph, type CallGraphEdge, nodeFacts, prominence } from '../call-graph.ts'
import { formatValue } from '../format-value.ts'
import { toDouble } from '../int64.ts'
import { layOut, type Point } from '../layout/layout.ts'
import { xmlText } from './xml-text.ts'

/** Beyond this the layout takes seconds and nobody can read the picture. */
export const MAX_SVG_NODES = 300

const HEADER = 40
const MARGIN = 16
const NAME_CHARACTERS = 44
const LOOP = 24
/** Between ranks, with room for the values of the calls. */
const DISTANCE = 52
const LABEL_WIDTH = 56

interface Box {
  readonly lines: readonly string[]
  readonly fontSize: number
}

export function* encodeCallGraphSvg(graph: CallGraph, title: string): Generator<string> {
  const format = (value: number) => formatValue(value, graph.sampleType.unit)
  const boxes = graph.nodes.map((node): Box => {
    const lines = [shortened(node.name), ...nodeFacts(graph, node, format)]
    return { lines, fontSize: 9 + 9 * prominence(graph, node.flat) }
  })
  const placed = place(graph, boxes)
  const width = Math.max(placed.width, 320)
  const height = placed.height + HEADER
  yield `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(width)} ${px(height)}" width="${px(width)}" height="${px(height)}" font-family="sans-serif" role="img" aria-label="${xmlText(`Call graph of ${title}`)}">\n`
  yield '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>\n'
  yield '<rect width="100%" height="100%" fill="#fff"/>\n'
  yield `<text x="8" y="18" font-size="15">${xmlText(title)}</text><text x="8" y="34" font-size="12" fill="#555">${xmlText(`${graph.sampleType.type}: ${format(graph.total)}`)}</text>\n`
  yield `<g transform="translate(0 ${HEADER})">\n`
  if (boxes.length === 0) yield '<text x="8" y="18" font-size="12">No functions to show</text>\n'
  for (const [index, edge] of graph.edges.entries()) {
    yield drawEdge(graph, edge, placed.edges[index] ?? [])
  }
  for (const [index, node] of graph.nodes.entries()) {
    const box = boxes[index]
    const at = placed.nodes[index]
    if (box === undefined || at === undefined) continue
    const share = prominence(graph, node.cum)
    const fill = `hsl(0,${Math.round(share * 80)}%,${Math.round(97 - share * 17)}%)`
    yield drawNode(node.name, box, at, fill)
  }
  // Last, and with a rim, so that no line strikes a value out.
  yield '<g font-size="10" fill="#444" stroke="#fff" stroke-width="3" paint-order="stroke">\n'
  for (const [index, edge] of graph.edges.entries()) {
    yield drawLabel(edge, placed.edges[index] ?? [], format(toDouble(edge.value)))
  }
  yield '</g>\n'
  yield '</g></svg>\n'
}

interface Rectangle extends Point {
  readonly width: number
  readonly height: number
}

interface Placed {
  readonly width: number
  readonly height: number
  /** Centres of the boxes. */
  readonly nodes: readonly Rectangle[]
  readonly edges: readonly (readonly Point[])[]
}

function place(graph: CallGraph, boxes: readonly Box[]): Placed {
  // The layout of nothing has no size.
  if (boxes.length === 0) return { width: 0, height: HEADER, nodes: [], edges: [] }
  const sizes = boxes.map((box) => {
    const longest = Math.max(...box.lines.map((line) => line.length))
    return { width: longest * box.fontSize * 0.6 + 12, height: box.lines.length * box.fontSize * 1.3 + 8 }
  })
  const arrows = graph.edges.map((edge) => {
    const weight = 1 + 20 * prominence(graph, edge.value)
    return { from: edge.from, to: edge.to, weight, labelWidth: LABEL_WIDTH }
  })
  const placed = layOut(sizes, arrows, { margin: MARGIN, distance: DISTANCE })
  const nodes = sizes.map((size, index): Rectangle => ({ ...size, ...(placed.boxes[index] ?? { x: 0, y: 0 }) }))
  return {
    // Room for a loop beside the rightmost box.
    width: placed.width + LOOP,
    height: placed.height,
    nodes,
    edges: graph.edges.map(({ from, to }, index) => (from === to ? loopAt(nodes[from]) : (placed.ways[index] ?? []))),
  }
}

/** A function that calls itself: out of the right side of its box and back. */
function loopAt(box: Rectangle | undefined): Point[] {
  if (box === undefined) return []
  const right = box.x + box.width / 2
  const rise = Math.min(8, box.height / 4)
  return [
    { x: right, y: box.y - rise },
    { x: right + LOOP / 2, y: box.y - rise },
    { x: right + LOOP / 2, y: box.y + rise },
    { x: right, y: box.y + rise },
  ]
}

function drawEdge(graph: CallGraph, edge: CallGraphEdge, points: readonly Point[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  const path = edge.from === edge.to ? polyline(first, rest) : curve(points)
  const width = px(0.7 + 4 * prominence(graph, edge.value))
  const dash = edge.residual ? ' stroke-dasharray="5 3"' : ''
  return `<path d="${path}" fill="none" stroke="#777" stroke-width="${width}"${dash} marker-end="url(#arrow)"/>\n`
}

function drawLabel(edge: CallGraphEdge, points: readonly Point[], label: string): string {
  const [first, second = first] = points
  if (first === undefined || second === undefined) return ''
  const middle = edge.from === edge.to ? second : middleOf(points)
  // There and back between two functions: one value above the other.
  const drop = (points.at(-1)?.y ?? 0) < first.y ? 15 : 3
  return `<text x="${px(middle.x + 3)}" y="${px(middle.y + drop)}">${xmlText(edge.inline ? `${label} (inline)` : label)}</text>\n`
}

function polyline(first: Point, rest: readonly Point[]): string {
  return `M${px(first.x)} ${px(first.y)}${rest.map(({ x, y }) => `L${px(x)} ${px(y)}`).join('')}`
}

/** Leaves each rank downwards and enters the next from above: lines then cross as little as their order says. */
function curve(points: readonly Point[]): string {
  return points
    .map(({ x, y }, index) => {
      const before = points[index - 1]
      if (before === undefined) return `M${px(x)} ${px(y)}`
      if (index % 2 === 0 || before.x === x) return `L${px(x)} ${px(y)}`
      const half = px((before.y + y) / 2)
      return `C${px(before.x)} ${half} ${px(x)} ${half} ${px(x)} ${px(y)}`
    })
    .join('')
}

function middleOf(points: readonly Point[]): Point {
  const at = Math.max(1, points.length >> 1)
  const [one = { x: 0, y: 0 }, other = one] = [points[at - 1], points[at]]
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }
}

function drawNode(name: string, box: Box, at: Rectangle, fill: string): string {
  const left = at.x - at.width / 2
  const top = at.y - at.height / 2
  const lines = box.lines.map(
    (line, index) =>
      `<text x="${px(at.x)}" y="${px(top + 4 + (index + 1) * box.fontSize * 1.25)}" font-size="${px(box.fontSize)}" text-anchor="middle">${xmlText(line)}</text>`,
  )
  return `<g><title>${xmlText(name)}</title><rect x="${px(left)}" y="${px(top)}" width="${px(at.width)}" height="${px(at.height)}" rx="3" fill="${fill}" stroke="#a55"/>${lines.join('')}</g>\n`
}

/** The end of a name says more than its beginning. */
function shortened(name: string): string {
  const short = name.replace(/^.*\/(?=[^/]*$)/, '')
  return short.length > NAME_CHARACTERS ? `…${short.slice(1 - NAME_CHARACTERS)}` : short
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10)
}
