/** The frames above the zoomed one, as a path one can climb back. Hidden while nothing is zoomed. */
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import type { ViewTexts } from '../protocol.ts'
import { element } from '../shared/dom.ts'
import { pathTo } from './geometry.ts'
import { withoutPath } from './labels.ts'

export interface Crumb {
  readonly node: number
  readonly name: string
}

export class Breadcrumbs {
  readonly element: HTMLElement
  readonly #list = element('ol', {})
  readonly #onPick: (node: number) => void
  #shown = ''

  constructor(texts: ViewTexts, onPick: (node: number) => void) {
    this.#onPick = onPick
    this.element = element('nav', { class: 'path', 'aria-label': texts.path, hidden: true }, this.#list)
  }

  show(path: readonly Crumb[]): void {
    const key = path.map(({ node }) => node).join()
    if (key === this.#shown) return
    this.#shown = key
    this.element.hidden = path.length === 0
    const crumbs = path.map(({ node, name }, index) => {
      const button = element('button', { type: 'button', title: name }, withoutPath(name))
      if (index === path.length - 1) button.setAttribute('aria-current', 'true')
      button.addEventListener('click', () => this.#onPick(node))
      return element('li', {}, button)
    })
    this.#list.replaceChildren(...crumbs)
    // The end of a long path is what matters.
    this.#list.scrollLeft = this.#list.scrollWidth
  }
}

/** Of a deeper path the root and the end are shown. */
const MAX_CRUMBS = 40

/** The way from the root to a zoomed frame; none while nothing is zoomed. */
export function crumbsTo(graph: FlameGraph | null, zoomed: number, texts: ViewTexts): Crumb[] {
  if (graph === null || zoomed <= 0) return []
  const path = pathTo(graph, zoomed)
  const shown = path.length > MAX_CRUMBS ? [0, ...path.slice(-MAX_CRUMBS)] : path
  return shown.map((node) => {
    const frame = graph.frame[node] ?? 0
    return { node, name: frame === 0 ? texts.all : (graph.frames[frame]?.name ?? '') }
  })
}
