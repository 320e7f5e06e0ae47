/**
 * The whole graph as a strip, with a window over the part that is seen; drag it, or click beside it, to go there. The
 * strip is drawn once for each graph and look, the window is an element that moves.
 */
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { element } from '../shared/dom.ts'
import { onPixelRatioChange } from '../shared/pixel-ratio.ts'
import { draw } from './draw.ts'
import type { FlameView, Look } from './flame-view.ts'
import { rowCount } from './geometry.ts'
import { WHOLE } from './viewport.ts'

export class Minimap {
  readonly element: HTMLElement
  readonly #canvas = element('canvas', {})
  readonly #window = element('div', { class: 'minimap-window' })
  readonly #view: FlameView
  #graph: FlameGraph | null = null
  #look: Look | null = null
  #isFlipped = false

  constructor(view: FlameView) {
    this.#view = view
    // All it does the keyboard does on the graph itself, so it is no stop on the way of the Tab key.
    this.element = element('div', { class: 'minimap', 'aria-hidden': 'true' }, this.#canvas, this.#window)
    this.element.addEventListener('pointerdown', (event) => this.#grab(event))
    this.element.addEventListener('pointermove', (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) this.#centerOn(event)
    })
    new ResizeObserver(() => this.#paint()).observe(this.element)
    onPixelRatioChange(() => this.#paint())
  }

  show(graph: FlameGraph, isFlipped: boolean, look: Look): void {
    this.#graph = graph
    this.#look = look
    this.#isFlipped = isFlipped
    this.#paint()
    this.update()
  }

  /** Moves the window to what is seen. */
  update(): void {
    const { viewport, extent } = this.#view
    const all = Math.max(extent.contentHeight, extent.height, 1)
    const { style } = this.#window
    style.left = `${viewport.left * 100}%`
    style.width = `${viewport.span * 100}%`
    style.top = `${(viewport.top / all) * 100}%`
    style.height = `${Math.min(1, extent.height / all) * 100}%`
    this.element.classList.toggle('is-whole', viewport.span >= 1 && extent.height >= all)
  }

  #paint(): void {
    const { clientWidth: width, clientHeight: height } = this.element
    const pen = this.#canvas.getContext('2d', { alpha: false })
    if (this.#graph === null || this.#look === null || pen === null || width === 0) return
    const ratio = devicePixelRatio
    this.#canvas.width = Math.round(width * ratio)
    this.#canvas.height = Math.round(height * ratio)
    const { contentHeight, height: seen } = this.#view.extent
    const share = contentHeight === 0 ? 1 : Math.min(1, contentHeight / Math.max(contentHeight, seen))
    const rowHeight = (height * share) / Math.max(1, rowCount(this.#graph))
    draw(pen, {
      ...this.#look,
      geometry: {
        graph: this.#graph,
        viewport: WHOLE,
        extent: { width, height, contentHeight: height },
        rowHeight,
        isFlipped: this.#isFlipped,
      },
      focused: -1,
      hovered: -1,
      hasFocus: false,
      pixelRatio: ratio,
      isOverview: true,
    })
  }

  #grab(event: PointerEvent): void {
    this.element.setPointerCapture(event.pointerId)
    this.#centerOn(event)
  }

  #centerOn(event: PointerEvent): void {
    const { left, top, width, height } = this.element.getBoundingClientRect()
    const { viewport, extent } = this.#view
    const all = Math.max(extent.contentHeight, extent.height)
    this.#view.moveTo({
      ...viewport,
      left: (event.clientX - left) / Math.max(1, width) - viewport.span / 2,
      top: ((event.clientY - top) / Math.max(1, height)) * all - extent.height / 2,
    })
  }
}
