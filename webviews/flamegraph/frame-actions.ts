/**
 * What can be done with a frame, by key, by click or from the context menu: what the extension has to do is sent to it,
 * what changes the view is asked of the view.
 */
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import type { FilterName, FrameAction } from '../protocol.ts'
import type { Host } from '../shared/host.ts'
import { stackText } from './facts.ts'
import type { FlamePane } from './flame-pane.ts'
import type { NodeAction } from './flame-view.ts'
import { escapeExpression } from './search.ts'

export interface ActingView {
  /** The panes on the screen, the first of them the one for keys. */
  panes(): readonly FlamePane[]
  /** In this pane leaves are at the root. */
  readsFromLeaf(pane: FlamePane): boolean
  showFunction(name: string): void
  search(query: string): void
  filter(filter: FilterName, pattern: string): void
  reset(): void
  export(): void
}

export class FrameActions {
  readonly #host: Host
  readonly #view: ActingView
  /** Which pane and node the context menu was opened on. */
  #menu: { readonly pane: FlamePane; readonly node: number } | null = null

  constructor(host: Host, view: ActingView) {
    this.#host = host
    this.#view = view
  }

  /** The context menu is about to open on `node`, or on none; the editor is told which of its items make sense. */
  openMenu(pane: FlamePane, node: number): void {
    this.#menu = node < 0 ? null : { pane, node }
    const context = { webviewSection: node < 0 ? 'graph' : 'frame', preventDefaultContextMenuItems: true }
    pane.view.canvas.dataset.vscodeContext = JSON.stringify(context)
  }

  /** A command of the editor: for the frame of its menu, else for the one that has the focus. */
  command(action: FrameAction): void {
    if (action === 'reset') this.#view.reset()
    else if (action === 'export') this.#view.export()
    else {
      const [pane] = this.#view.panes()
      const target = this.#menu ?? (pane === undefined ? null : { pane, node: pane.view.focused })
      if (target !== null && target.node >= 0) this.#onFrame(action, target.pane, target.node)
    }
  }

  run(action: NodeAction, pane: FlamePane, node: number): void {
    const { graph } = pane.view
    if (graph === null) return
    const frame = graph.frame[node] ?? 0
    const name = graph.frames[frame]?.name ?? ''
    switch (action) {
      case 'open-source':
      case 'open-beside':
        this.openSource(graph, frame, action === 'open-beside')
        return
      case 'show-callers':
        if (frame > 0) this.#view.showFunction(name)
        return
      case 'copy-name':
        this.#host.send({ type: 'copy', text: name })
        return
      case 'copy-stack':
        this.#host.send({ type: 'copy', text: stackText(graph, node, this.#view.readsFromLeaf(pane)) })
    }
  }

  openSource(graph: FlameGraph, frame: number, beside: boolean): void {
    const found = graph.frames[frame]
    if (found === undefined || frame === 0) return
    this.#host.send({ type: 'open-source', name: found.name, file: found.file, line: found.line, beside })
  }

  #onFrame(action: Exclude<FrameAction, 'reset' | 'export'>, pane: FlamePane, node: number): void {
    const { graph } = pane.view
    const frame = graph?.frame[node] ?? 0
    const name = graph?.frames[frame]?.name ?? ''
    switch (action) {
      case 'zoom':
        pane.view.zoomTo(node)
        return
      case 'search-name':
        this.#view.search(`^${escapeExpression(name)}$`)
        return
      case 'focus':
      case 'ignore':
      case 'hide':
        if (frame > 0) this.#view.filter(action, `^${escapeExpression(name)}$`)
        return
      default:
        this.run(action, pane, node)
    }
  }
}
