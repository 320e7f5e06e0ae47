/**
 * One flame graph on a canvas: owns its viewport, its focused and hovered frame, and the drawing of both when something
 * changed. What a click or key means for the rest of the view is told to its listener.
 */
import { easeCubicOut } from 'd3'
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { element } from '../shared/dom.ts'
import { onPixelRatioChange } from '../shared/pixel-ratio.ts'
import { isMotionReduced } from '../shared/theme.ts'
import { draw, type Scene } from './draw.ts'
import { type Box, boxOf, type Geometry, graphWidth, nodeAt, rowCount, rowTop } from './geometry.ts'
import { listenToPointer, type PointerInput } from './input.ts'
import { actionOf, type KeyAction, walk } from './keys.ts'
import type { Labels } from './labels.ts'
import type { Palette } from './palette.ts'
import {
  between,
  clampViewport,
  type Extent,
  isSameViewport,
  panBy,
  scrollTo,
  type Viewport,
  WHOLE,
  zoomAround,
} from './viewport.ts'

/** How frames look; shared by all graphs over the same frames. */
export interface Look {
  readonly palette: Palette
  readonly labels: Labels
  readonly colorOf: Uint8Array
  readonly matches: Uint8Array | null
  readonly font: string
  readonly rowHeight: number
}

export type NodeAction = Exclude<KeyAction, { kind: 'walk' | 'zoom' | 'scroll' | 'reset' | 'zoom-to' }>['kind']

export interface FlameListener {
  /** A text for assistive technology. */
  describe(node: number): string
  /** The pointer is over `node`, or a key brought the focus there; -1 for none. */
  onPoint(node: number, box: Box, byKey: boolean): void
  onMove(): void
  onAction(action: NodeAction, node: number): void
}

/** H10: never longer than this, and any input ends it. */
const ANIMATION_MS = 140

/** After a move the frame that came under the pointer is named when the view has stood still for so long. */
const STILL_MS = 120

let nextId = 0

export class FlameView {
  readonly canvas: HTMLCanvasElement
  readonly #item: HTMLElement
  readonly #listener: FlameListener
  readonly #pointer: PointerInput
  #graph: FlameGraph | null = null
  #look: Look | null = null
  #viewport: Viewport = WHOLE
  #extent: Extent = { width: 0, height: 0, contentHeight: 0 }
  #isFlipped = false
  #focused = -1
  #hovered = -1
  #zoomed = 0
  #pixelRatio = 1
  #isDirty = false
  #animation = 0
  /** Where the pointer was last, and the timer that looks again what is under it when the view stands still. */
  #pointerAt: { x: number; y: number } | null = null
  #lookAgain = 0
  /** Milliseconds the last drawing took; measured for the benchmark. */
  drawMs = 0

  constructor(label: string, listener: FlameListener) {
    this.#listener = listener
    const id = `frame-${nextId++}`
    this.#item = element('div', { id, role: 'treeitem' })
    // What is inside a canvas is not painted, but assistive technology reads it: the frame that has the focus.
    this.canvas = element('canvas', { class: 'flame', role: 'tree', tabindex: 0, 'aria-label': label }, this.#item)
    this.#pointer = listenToPointer(this.canvas, {
      viewport: () => this.#viewport,
      extent: () => this.#extent,
      move: (viewport) => this.#moveTo(viewport, false),
      hover: (x, y) => {
        this.#pointerAt = { x, y }
        this.#hover(this.nodeAt(x, y))
      },
      moving: () => this.#hover(-1),
      leave: () => {
        this.#pointerAt = null
        this.#hover(-1)
      },
      click: (x, y, event) => this.#click(this.nodeAt(x, y), event),
    })
    this.canvas.addEventListener('keydown', (event) => this.#key(event))
    for (const type of ['focus', 'blur']) this.canvas.addEventListener(type, () => this.#repaint())
    const observer = new ResizeObserver(() => this.#measure())
    observer.observe(this.canvas)
    onPixelRatioChange(() => this.#measure())
  }

  get graph(): FlameGraph | null {
    return this.#graph
  }

  get viewport(): Viewport {
    return this.#viewport
  }

  get extent(): Extent {
    return this.#extent
  }

  get focused(): number {
    return this.#focused
  }

  get zoomed(): number {
    return this.#zoomed
  }

  get isZoomed(): boolean {
    return this.#viewport.span < 1
  }

  show(graph: FlameGraph, isFlipped: boolean): void {
    const isOther = this.#graph !== graph
    this.#graph = graph
    this.#isFlipped = isFlipped
    if (isOther) {
      this.#focused = -1
      this.#hovered = -1
      this.#zoomed = 0
    }
    this.#measure()
    this.#moveTo({ ...(isOther ? WHOLE : this.#viewport), top: this.#rootTop() }, false)
  }

  setLook(look: Look): void {
    const isOtherHeight = this.#look?.rowHeight !== look.rowHeight
    this.#look = look
    if (isOtherHeight) this.#measure()
    this.#repaint()
  }

  /** Puts back what was saved; nodes that do not exist any more are ignored. */
  restore(state: { viewport: Viewport; focused: number; zoomed: number }): void {
    const count = this.#graph?.nodeCount ?? 0
    this.#focused = state.focused < count ? state.focused : -1
    this.#zoomed = state.zoomed < count ? state.zoomed : 0
    this.#moveTo(state.viewport, false)
  }

  nodeAt(x: number, y: number): number {
    const geometry = this.geometry()
    return geometry === null ? -1 : nodeAt(geometry, x, y)
  }

  geometry(): Geometry | null {
    if (this.#graph === null || this.#look === null) return null
    const { rowHeight } = this.#look
    return { graph: this.#graph, viewport: this.#viewport, extent: this.#extent, rowHeight, isFlipped: this.#isFlipped }
  }

  /** Makes a frame as wide as the canvas. */
  zoomTo(node: number): void {
    const geometry = this.geometry()
    if (geometry === null || node < 0) return
    const { graph } = geometry
    this.#focused = node
    this.#zoomed = node
    const width = graphWidth(graph)
    const left = (graph.x0[node] ?? 0) / width
    const target = clampViewport({ ...this.#viewport, left, span: (graph.x1[node] ?? 0) / width - left }, this.#extent)
    this.#moveTo(this.#withRow(target, node), true)
    this.#announce()
  }

  reset(): void {
    this.#zoomed = 0
    this.#moveTo({ ...WHOLE, top: this.#rootTop() }, true)
  }

  /** Gives a frame the focus and brings it into sight, closer where it is too narrow to see. */
  reveal(node: number): void {
    const geometry = this.geometry()
    if (geometry === null || node < 0) return
    this.#focused = node
    const box = boxOf(geometry, node)
    const isSeen = box.x + box.width > 20 && box.x < this.#extent.width - 20
    if (box.width < 12 || !isSeen) {
      const { graph } = geometry
      const width = graphWidth(graph)
      const own = ((graph.x1[node] ?? 0) - (graph.x0[node] ?? 0)) / width
      const span = Math.min(this.#viewport.span, Math.max(own * 8, own))
      const left = (graph.x0[node] ?? 0) / width - (span - own) / 2
      this.#moveTo(this.#withRow(clampViewport({ ...this.#viewport, left, span }, this.#extent), node), true)
    } else {
      this.#moveTo(this.#withRow(this.#viewport, node), true)
    }
    this.#announce()
  }

  zoomBy(factor: number): void {
    const geometry = this.geometry()
    const box = geometry !== null && this.#focused >= 0 ? boxOf(geometry, this.#focused) : null
    const middle = box === null ? 0.5 : (box.x + box.width / 2) / Math.max(1, this.#extent.width)
    this.#moveTo(zoomAround(this.#viewport, factor, Math.min(1, Math.max(0, middle))), true)
  }

  moveTo(viewport: Viewport): void {
    this.#moveTo(viewport, false)
  }

  clearFocus(): void {
    this.#focused = -1
    this.#announce()
    this.#repaint()
  }

  #rootTop(): number {
    return this.#isFlipped ? Math.max(0, this.#extent.contentHeight - this.#extent.height) : 0
  }

  #withRow(viewport: Viewport, node: number): Viewport {
    const geometry = this.geometry()
    if (geometry === null) return viewport
    const top = rowTop({ ...geometry, viewport: { ...viewport, top: 0 } }, geometry.graph.depth[node] ?? 0)
    return scrollTo(viewport, this.#extent, top, top + geometry.rowHeight, geometry.rowHeight * 3)
  }

  #moveTo(target: Viewport, isAnimated: boolean): void {
    cancelAnimationFrame(this.#animation)
    const to = clampViewport(target, this.#extent)
    const from = this.#viewport
    if (isSameViewport(from, to)) {
      this.#repaint()
      return
    }
    if (!isAnimated || isMotionReduced()) {
      this.#setViewport(to)
      return
    }
    const start = performance.now()
    const step = () => {
      const t = Math.min(1, (performance.now() - start) / ANIMATION_MS)
      this.#setViewport(t === 1 ? to : between(from, to, easeCubicOut(t)))
      if (t < 1) this.#animation = requestAnimationFrame(step)
    }
    this.#animation = requestAnimationFrame(step)
  }

  #setViewport(viewport: Viewport): void {
    this.#viewport = viewport
    if (viewport.span >= 1) this.#zoomed = 0
    this.#pointer.sync()
    this.#repaint()
    this.#listener.onMove()
    clearTimeout(this.#lookAgain)
    this.#lookAgain = window.setTimeout(() => {
      const at = this.#pointerAt
      // Also the same frame as before: its tooltip was taken away by the move.
      this.#hovered = -1
      if (at !== null) this.#hover(this.nodeAt(at.x, at.y))
    }, STILL_MS)
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas
    this.#pixelRatio = devicePixelRatio
    const rows = this.#graph === null ? 0 : rowCount(this.#graph)
    const wasAtRoot = this.#viewport.top === this.#rootTop()
    this.#extent = { width, height, contentHeight: rows * (this.#look?.rowHeight ?? 0) }
    const [columns, lines] = [Math.round(width * this.#pixelRatio), Math.round(height * this.#pixelRatio)]
    if (this.canvas.width !== columns) this.canvas.width = columns
    if (this.canvas.height !== lines) this.canvas.height = lines
    const top = wasAtRoot ? this.#rootTop() : this.#viewport.top
    this.#setViewport(clampViewport({ ...this.#viewport, top }, this.#extent))
  }

  #repaint(): void {
    if (this.#isDirty) return
    this.#isDirty = true
    requestAnimationFrame(() => {
      this.#isDirty = false
      this.paint()
    })
  }

  /** Draws now. */
  paint(): void {
    const geometry = this.geometry()
    const look = this.#look
    const pen = this.canvas.getContext('2d', { alpha: false })
    if (geometry === null || look === null || pen === null || this.#extent.width === 0) return
    if (this.#pixelRatio !== devicePixelRatio) this.#measure()
    const scene: Scene = {
      geometry,
      palette: look.palette,
      labels: look.labels,
      colorOf: look.colorOf,
      matches: look.matches,
      focused: this.#focused,
      hovered: this.#hovered,
      hasFocus: document.activeElement === this.canvas,
      pixelRatio: this.#pixelRatio,
      font: look.font,
    }
    const start = performance.now()
    draw(pen, scene)
    this.drawMs = performance.now() - start
  }

  #hover(node: number): void {
    if (node === this.#hovered) return
    this.#hovered = node
    this.canvas.style.cursor = node > 0 ? 'pointer' : 'default'
    this.#point(node, false)
    this.#repaint()
  }

  #point(node: number, byKey: boolean): void {
    const geometry = this.geometry()
    if (geometry === null) return
    this.#listener.onPoint(node, boxOf(geometry, Math.max(0, node)), byKey)
  }

  #click(node: number, event: MouseEvent): void {
    this.canvas.focus({ preventScroll: true })
    if (node < 0) return
    if (event.ctrlKey || event.metaKey) {
      this.#listener.onAction(event.altKey ? 'open-beside' : 'open-source', node)
      return
    }
    this.zoomTo(node)
  }

  #key(event: KeyboardEvent): void {
    const action = actionOf(event, this.#isFlipped)
    const graph = this.#graph
    if (action === null || graph === null || graph.nodeCount === 0) return
    event.preventDefault()
    event.stopPropagation()
    const node = Math.max(0, this.#focused)
    switch (action.kind) {
      case 'walk':
        this.reveal(this.#focused < 0 ? 0 : walk(graph, node, action.to))
        this.#point(this.#focused, true)
        return
      case 'zoom-to':
        this.zoomTo(node)
        return
      case 'zoom':
        this.zoomBy(action.factor)
        return
      case 'scroll':
        this.#moveTo(panBy(this.#viewport, 0, action.pages * this.#extent.height), true)
        return
      case 'reset':
        this.reset()
        return
      default:
        this.#listener.onAction(action.kind, node)
    }
  }

  /** Tells assistive technology which frame has the focus. */
  #announce(): void {
    const graph = this.#graph
    const node = this.#focused
    if (graph === null || node < 0) {
      this.canvas.removeAttribute('aria-activedescendant')
      return
    }
    const parent = graph.parent[node] ?? -1
    const first = parent < 0 ? 0 : (graph.firstChild[parent] ?? 0)
    const end = parent < 0 ? 1 : (graph.firstChild[parent + 1] ?? 1)
    this.#item.textContent = this.#listener.describe(node)
    this.#item.setAttribute('aria-level', String((graph.depth[node] ?? 0) + 1))
    this.#item.setAttribute('aria-posinset', String(node - first + 1))
    this.#item.setAttribute('aria-setsize', String(end - first))
    this.canvas.setAttribute('aria-activedescendant', this.#item.id)
  }
}
