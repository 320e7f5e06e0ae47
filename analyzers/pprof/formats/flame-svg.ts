/**
 * A flame graph as one SVG file: a rectangle with a title for each frame that is wide enough to be seen. Static; the
 * standalone HTML puts behaviour around it.
 */
import { flameColor, frameColor } from '../flame-color.ts'
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
  const texts = frameTexts(graph)
  for (let node = 0; node < graph.nodeCount; node++) {
    if (whole === 0) break
    const x = ((graph.x0[node] ?? 0) / whole) * WIDTH
    const width = (((graph.x1[node] ?? 0) - (graph.x0[node] ?? 0)) / whole) * WIDTH
    if (width < MIN_PIXELS) continue
    const depth = graph.depth[node] ?? 0
    const y = HEADER + (options.icicle === true ? depth : rows - 1 - depth) * ROW
    yield drawNode(graph, node, { x, y, width }, texts)
  }
  yield '</svg>\n'
}

/** Names, values and colours recur from frame to frame, and writing them costs more than all the rest. */
interface FrameTexts {
  /** Names as XML, by index of frame. */
  readonly name: (frame: number) => string
  readonly color: (frame: number) => string
  readonly value: (value: number) => string
  readonly share: (value: number) => string
}

function frameTexts(graph: FlameGraph): FrameTexts {
  const whole = graph.cum[0] ?? 0
  return {
    name: onceFor((frame) => xmlText(graph.frames[frame]?.name ?? '')),
    color: onceFor((frame) => frameColor(graph, frame)),
    value: onceFor((value) => xmlText(formatValue(value, graph.sampleType.unit))),
    share: onceFor((value) => xmlText(formatPercent(value, whole))),
  }
}

function onceFor(make: (key: number) => string): (key: number) => string {
  const made = new Map<number, string>()
  return (key) => {
    let text = made.get(key)
    if (text === undefined) {
      text = make(key)
      made.set(key, text)
    }
    return text
  }
}

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
}

function drawNode(graph: FlameGraph, node: number, { x, y, width }: Area, texts: FrameTexts): string {
  const frame = graph.frame[node] ?? 0
  const isPlain = graph.baseCum === null
  const fill = node === 0 ? '#ddd' : isPlain ? texts.color(frame) : flameColor(graph, node)
  const characters = Math.floor((width - 6) / CHARACTER)
  const text =
    characters < 3 ? '' : `<text x="${px(x + 3)}" y="${y + 13}">${labelOf(graph, frame, characters, texts)}</text>`
  return `<g><title>${titleOf(graph, node, texts)}</title><rect x="${px(x)}" y="${y}" width="${px(width)}" height="${ROW - 1}" fill="${fill}"/>${text}</g>\n`
}

function labelOf(graph: FlameGraph, frame: number, characters: number, texts: FrameTexts): string {
  const name = graph.frames[frame]?.name ?? ''
  return name.length <= characters ? texts.name(frame) : `${xmlText(name.slice(0, characters - 1))}…`
}

function titleOf(graph: FlameGraph, node: number, { name, value, share }: FrameTexts): string {
  const cum = graph.cum[node] ?? 0
  const before = graph.baseCum === null ? '' : `, before ${value(graph.baseCum[node] ?? 0)}`
  const own = value(graph.flat[node] ?? 0)
  return `${name(graph.frame[node] ?? 0)}: ${value(cum)} (${share(cum)}), own ${own}${before}`
}

function px(value: number): string {
  return String(Math.round(value * 100) / 100)
}
