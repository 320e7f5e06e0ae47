/**
 * A flame graph with what belongs to it: the strip of the whole above it where wanted, and the tooltip. Turns what
 * happens on the canvas into the few requests the view knows.
 */
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { element } from '../shared/dom.ts'
import { describeFrame, frameFacts, type Language } from './facts.ts'
import { FlameView, type Look, type NodeAction } from './flame-view.ts'
import type { Box } from './geometry.ts'
import { Minimap } from './minimap.ts'
import { Tooltip } from './tooltip.ts'

export interface PaneListener {
  onMove(): void
  /** The frame that has the attention of pointer or keyboard, or -1. */
  onPoint(node: number): void
  onAction(action: NodeAction, node: number): void
  /** The context menu is about to open on `node`, or on none. */
  onMenu(node: number): void
}

export interface PaneOptions {
  readonly label: string
  readonly hasMinimap: boolean
  /** Own values mean something: not in graphs that are read from the leaf. */
  readonly showsSelf: () => boolean
}

export class FlamePane {
  readonly element: HTMLElement
  readonly view: FlameView
  readonly #tooltip = new Tooltip()
  readonly #minimap: Minimap | null
  readonly #language: Language
  readonly #options: PaneOptions
  #whole = 0
  #graph: FlameGraph | null = null
  #isFlipped = false

  constructor(language: Language, options: PaneOptions, listener: PaneListener) {
    this.#language = language
    this.#options = options
    this.view = new FlameView(options.label, {
      describe: (node) => (this.#graph === null ? '' : describeFrame(this.#graph, node, this.#whole, language)),
      onPoint: (node, box, byKey) => {
        this.#point(node, box)
        listener.onPoint(node < 0 && !byKey ? this.view.focused : node)
      },
      onMove: () => {
        this.#tooltip.hide()
        this.#minimap?.update()
        listener.onMove()
      },
      onAction: (action, node) => listener.onAction(action, node),
    })
    this.#minimap = options.hasMinimap ? new Minimap(this.view) : null
    const stage = element('div', { class: 'flame-stage' }, this.view.canvas, this.#tooltip.element)
    // The strip stands above the graph but comes after it in the document, as it does for those who read in its order.
    this.element = element('div', { class: 'flame-pane' }, stage, this.#minimap?.element ?? null)
    this.view.canvas.addEventListener('blur', () => this.#tooltip.hide())
    this.view.canvas.addEventListener('contextmenu', (event) => {
      this.#tooltip.hide()
      const byKey = event.button !== 2
      listener.onMenu(byKey ? this.view.focused : this.view.nodeAt(event.offsetX, event.offsetY))
    })
  }

  show(graph: FlameGraph, whole: number, isFlipped: boolean, look: Look): void {
    this.#graph = graph
    this.#whole = whole
    this.#isFlipped = isFlipped
    this.#tooltip.hide()
    this.view.setLook(look)
    this.view.show(graph, isFlipped)
    this.#minimap?.show(graph, isFlipped, look)
  }

  setLook(look: Look): void {
    this.view.setLook(look)
    if (this.#graph !== null) this.#minimap?.show(this.#graph, this.#isFlipped, look)
  }

  hideTooltip(): boolean {
    const wasShown = !this.#tooltip.element.hidden
    this.#tooltip.hide()
    return wasShown
  }

  #point(node: number, box: Box): void {
    const graph = this.#graph
    if (graph === null || node < 0) {
      this.#tooltip.hide()
      return
    }
    const facts = frameFacts(graph, node, this.#whole, this.#language)
    this.#tooltip.show(facts, this.#language, box, this.#options.showsSelf())
  }
}
