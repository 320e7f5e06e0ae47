/**
 * A flame graph as one SVG file: a rectangle with a title for each frame that is wide enough to be seen. Static; the
 * standalone HTML puts behaviour around it.
 */
import { flameColor } from '../flame-color.ts'
import type { FlameGraph } from '../flame-layout.ts'
import { formatPercent, formatValue } from '../format-value.ts'
import { xmlText } from './xml-text.ts'

const WIDTH = 1200
const ROW = 18
const CHARACTER = 7
const HEADER = 44

/** Rectangles narrower than this are not drawn, in pixels. */
const MIN_PIXELS = 0.2

export interface FlameSvgOptions {
  readonly title: string
  /** Root at the top instead of at the bottom. */
  readonly icicle?: boolean
}

/** Nodes narrower than this share of the whole need not be in a graph that is drawn. */
export const SVG_MIN_SHARE = MIN_PIXELS / WIDTH

export function* encodeFlameSvg(graph: FlameGraph, options: FlameSvgOptions): Generator<string> {
  const rows = graph.levelOffsets.length - 1
  const height = HEADER + rows * ROW + 8
  const whole = graph.x1[0] ?? 0
  const unit = graph.sampleType.unit
  const total = formatValue(graph.cum[0] ?? 0, unit)
  yield `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="12" role="img" aria-label="${xmlText(`Flame graph of ${options.title}`)}">\n`
  yield `<rect class="background" width="100%" height="100%" fill="#fff"/>\n`
  yield `<text x="8" y="18" font-size="15">${xmlText(options.title)}</text>\n`
  yield `<text x="8" y="36" fill="#555">${xmlText(`${graph.sampleType.type}: ${total}${graph.baseCum === null ? '' : `, before ${formatValue(graph.baseCum[0] ?? 0, unit)}; orange grew, blue shrank`}`)}</text>\n`
  for (let node = 0; node < graph.nodeCount; node++) {
    if (whole === 0) break
    const x = ((graph.x0[node] ?? 0) / whole) * WIDTH
    const width = (((graph.x1[node] ?? 0) - (graph.x0[node] ?? 0)) / whole) * WIDTH
    if (width < MIN_PIXELS) continue
    const depth = graph.depth[node] ?? 0
    const y = HEADER + (options.icicle === true ? depth : rows - 1 - depth) * ROW
    yield drawNode(graph, node, x, y, width)
  }
  yield '</svg>\n'
}

function drawNode(graph: FlameGraph, node: number, x: number, y: number, width: number): string {
  const name = graph.frames[graph.frame[node] ?? 0]?.name ?? ''
  const fill = node === 0 ? '#ddd' : flameColor(graph, node)
  const characters = Math.floor((width - 6) / CHARACTER)
  const label = name.length <= characters ? name : `${name.slice(0, characters - 1)}…`
  const text = characters < 3 ? '' : `<text x="${px(x + 3)}" y="${y + 13}">${xmlText(label)}</text>`
  return `<g><title>${xmlText(titleOf(graph, node, name))}</title><rect x="${px(x)}" y="${y}" width="${px(width)}" height="${ROW - 1}" fill="${fill}"/>${text}</g>\n`
}

function titleOf(graph: FlameGraph, node: number, name: string): string {
  const { unit } = graph.sampleType
  const cum = graph.cum[node] ?? 0
  const share = formatPercent(cum, graph.cum[0] ?? 0)
  const own = `own ${formatValue(graph.flat[node] ?? 0, unit)}`
  const before = graph.baseCum === null ? '' : `, before ${formatValue(graph.baseCum[node] ?? 0, unit)}`
  return `${name}: ${formatValue(cum, unit)} (${share}), ${own}${before}`
}

function px(value: number): string {
  return value.toFixed(2).replace(/\.?0+$/, '')
}
