/**
 * Paints one frame of a flame graph. Only rows that are seen are visited; in a row only what lies on the canvas, and
 * neighbours too narrow to tell apart become one rectangle, found by binary search. So the cost depends on the size of
 * the canvas and not on that of the profile. It draws on any object with the few methods of a 2D context it uses.
 */
import { changeAt } from '../../analyzers/pprof/flame-change.ts'
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { boxOf, firstEndingAfter, type Geometry, horizontalScale, rowCount, rowTop } from './geometry.ts'
import { type Labels, MIN_LABEL_WIDTH } from './labels.ts'
import type { Fill, Palette } from './palette.ts'

export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'font'
  | 'textBaseline'
  | 'globalAlpha'
  | 'fillRect'
  | 'strokeRect'
  | 'fillText'
  | 'setTransform'
>

export interface Scene {
  readonly geometry: Geometry
  readonly palette: Palette
  readonly labels: Labels
  /** Index into the palette's package colours, for each frame. */
  readonly colorOf: Uint8Array
  /** 1 for each frame that the search found; null without a search. */
  readonly matches: Uint8Array | null
  readonly focused: number
  readonly hovered: number
  /** Show the ring of the focused node. */
  readonly hasFocus: boolean
  readonly pixelRatio: number
  readonly font: string
  /** Without labels, gaps and rings: the whole graph in a few pixels of height. */
  readonly isOverview?: boolean
}

/** Narrower than this, in CSS pixels, a node is merged with its neighbours. */
const MERGE_BELOW = 1
const TEXT_PADDING = 4
/** Room of a mark and the gap after it, in heights of a row. */
const MARK_WIDTH = 0.75

interface Batch {
  readonly fill: Fill
  /** x, y, width and node of each rectangle. */
  readonly boxes: number[]
}

interface Prepared {
  readonly batches: readonly Batch[]
  readonly merged: number[]
}

/** Paints the scene; returns how many rectangles it took. */
export function draw(pen: Pen, scene: Scene): number {
  const { geometry, palette, pixelRatio } = scene
  const { extent } = geometry
  pen.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  pen.globalAlpha = 1
  pen.fillStyle = palette.background
  pen.fillRect(0, 0, extent.width, extent.height)
  const prepared = collect(scene)
  paintMerged(pen, scene, prepared.merged)
  for (const batch of prepared.batches) paintBoxes(pen, scene, batch)
  if (scene.isOverview) return countOf(prepared)
  pen.font = scene.font
  pen.textBaseline = 'middle'
  for (const batch of prepared.batches) paintLabels(pen, scene, batch)
  outline(pen, scene, scene.hovered, palette.foreground, 1)
  if (scene.focused >= 0) outline(pen, scene, scene.focused, scene.hasFocus ? palette.focus : palette.foreground, 2)
  return countOf(prepared)
}

function countOf({ merged, batches }: Prepared): number {
  return merged.length / 3 + batches.reduce((sum, batch) => sum + batch.boxes.length / 4, 0)
}

/** Sorts what is visible by colour: a context is slow at changing colours, not at rectangles. */
function collect(scene: Scene): Prepared {
  const { geometry } = scene
  const { graph, extent, rowHeight } = geometry
  const { scale, offset } = horizontalScale(geometry)
  const batches = new Map<Fill, Batch>()
  const merged: number[] = []
  const leftEdge = -offset / scale
  for (let depth = 0; depth < rowCount(graph); depth++) {
    const y = rowTop(geometry, depth)
    if (y + rowHeight <= 0 || y >= extent.height) continue
    const end = graph.levelOffsets[depth + 1] ?? 0
    let node = firstEndingAfter(graph.x1, graph.levelOffsets[depth] ?? 0, end, leftEdge)
    while (node < end) {
      const x = (graph.x0[node] ?? 0) * scale + offset
      if (x >= extent.width) break
      const right = (graph.x1[node] ?? 0) * scale + offset
      if (right - x >= MERGE_BELOW) {
        const fill = fillOf(scene, graph, node)
        const batch = batches.get(fill) ?? { fill, boxes: [] }
        if (batch.boxes.length === 0) batches.set(fill, batch)
        batch.boxes.push(x, y, right - x, node)
        node++
        continue
      }
      // All that ends within this pixel column is one rectangle with it.
      const columnEnd = Math.floor(x) + 1
      const next = Math.max(node + 1, firstEndingAfter(graph.x1, node, end, (columnEnd - offset) / scale))
      const reach = (graph.x1[next - 1] ?? 0) * scale + offset
      pushMerged(merged, x, y, Math.max(reach - x, 0.5))
      node = next
    }
  }
  return { batches: [...batches.values()], merged }
}

/** Joins a run to the one before when they touch. */
function pushMerged(merged: number[], x: number, y: number, width: number): void {
  const last = merged.length - 3
  const lastX = merged[last] ?? 0
  const lastWidth = merged[last + 2] ?? 0
  if (last >= 0 && merged[last + 1] === y && x - (lastX + lastWidth) < 0.5) merged[last + 2] = x + width - lastX
  else merged.push(x, y, width)
}

export function fillOf(scene: Pick<Scene, 'palette' | 'colorOf' | 'matches'>, graph: FlameGraph, node: number): Fill {
  const { palette, matches } = scene
  const frame = graph.frame[node] ?? 0
  const color = scene.colorOf[frame] ?? 0
  const fallback = palette.root
  if (matches !== null) {
    if (matches[frame] === 1) return palette.match
    return palette.faded[color] ?? fallback
  }
  if (graph.baseCum !== null) return differenceFill(palette, graph, node)
  return frame === 0 ? palette.root : (palette.packages[color] ?? fallback)
}

/** The stronger the colour, the more of the whole the change is. */
function differenceFill(palette: Palette, graph: FlameGraph, node: number): Fill {
  const change = changeAt(graph, node)
  return change === null ? palette.root : (palette[change.direction][change.step] ?? palette.root)
}

/** The direction of a change in words for eyes that do not see its colour; '' where the colour says nothing either. */
function markOf(graph: FlameGraph, node: number): string {
  if (graph.baseCum === null) return ''
  const change = changeAt(graph, node)
  if (change === null) return ''
  return change.direction === 'more' ? '▲' : '▼'
}

function paintMerged(pen: Pen, scene: Scene, merged: readonly number[]): void {
  const { palette, geometry, matches } = scene
  pen.fillStyle = matches === null ? palette.merged : palette.mergedFaded
  for (let i = 0; i < merged.length; i += 3) {
    pen.fillRect(
      merged[i] ?? 0,
      merged[i + 1] ?? 0,
      merged[i + 2] ?? 0,
      scene.isOverview ? Math.max(geometry.rowHeight, 1 / scene.pixelRatio) : geometry.rowHeight - 1,
    )
  }
}

function paintBoxes(pen: Pen, scene: Scene, { fill, boxes }: Batch): void {
  const { geometry, palette, pixelRatio } = scene
  const { extent, rowHeight } = geometry
  const snap = (value: number) => Math.round(value * pixelRatio) / pixelRatio
  const hair = 1 / pixelRatio
  // Where borders carry the picture, what is too narrow for one is all border.
  const hasBorders = palette.isHighContrast && scene.isOverview !== true
  pen.strokeStyle = palette.border
  pen.lineWidth = hair
  const isPlain = palette.isHighContrast && scene.isOverview === true && fill !== palette.match
  pen.fillStyle = isPlain ? palette.overview : fill.fill
  for (let i = 0; i < boxes.length; i += 4) {
    const x = boxes[i] ?? 0
    // Far off edges are cut: some renderers lose precision beyond 2^15 pixels.
    const left = snap(Math.max(-2, x))
    const right = snap(Math.min(extent.width + 2, x + (boxes[i + 2] ?? 0)))
    if (scene.isOverview) {
      // Of 10,000 rows in forty pixels each must still leave a trace.
      pen.fillRect(left, boxes[i + 1] ?? 0, right - left, Math.max(rowHeight, hair))
      continue
    }
    const y = snap(boxes[i + 1] ?? 0)
    const gap = right - left > 3 ? hair : 0
    pen.fillRect(left, y, Math.max(hair, right - left - gap), rowHeight - hair)
    if (hasBorders) {
      const inner = Math.max(0, right - left - 2 * hair)
      pen.strokeRect(left + hair / 2, y + hair / 2, inner, rowHeight - 2 * hair)
    }
  }
}

function paintLabels(pen: Pen, scene: Scene, { fill, boxes }: Batch): void {
  const { geometry, labels } = scene
  const { graph, extent, rowHeight } = geometry
  pen.fillStyle = fill.text
  for (let i = 0; i < boxes.length; i += 4) {
    const x = boxes[i] ?? 0
    // A frame that starts left of the canvas keeps its label in sight.
    let left = Math.max(0, x) + TEXT_PADDING
    const right = Math.min(extent.width, x + (boxes[i + 2] ?? 0)) - TEXT_PADDING
    const node = boxes[i + 3] ?? 0
    const y = (boxes[i + 1] ?? 0) + rowHeight / 2 + 0.5
    const mark = markOf(graph, node)
    const markWidth = rowHeight * MARK_WIDTH
    if (mark !== '' && right - left >= markWidth - TEXT_PADDING) {
      pen.fillText(mark, left, y)
      left += markWidth
    }
    if (right - left < MIN_LABEL_WIDTH) continue
    const label = labels.fit(graph.frame[node] ?? 0, right - left)
    if (label !== '') pen.fillText(label, left, y)
  }
}

function outline(pen: Pen, scene: Scene, node: number, color: string, width: number): void {
  const { geometry } = scene
  if (node < 0 || node >= geometry.graph.nodeCount) return
  const box = boxOf(geometry, node)
  const left = Math.max(-4, box.x)
  const right = Math.min(geometry.extent.width + 4, box.x + box.width)
  if (right < 0 || left > geometry.extent.width) return
  pen.strokeStyle = color
  pen.lineWidth = width
  const inset = width / 2
  pen.strokeRect(left + inset, box.y + inset, Math.max(1, right - left - width - 1), box.height - width - 1)
}
