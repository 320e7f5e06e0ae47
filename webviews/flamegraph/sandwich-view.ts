/** One function between all that calls it, growing up, and all that it calls, growing down. */
import { element, fill } from '../shared/dom.ts'
import type { Language } from './facts.ts'
import type { FlamePane } from './flame-pane.ts'
import type { Look } from './flame-view.ts'
import type { Graphs } from './graphs.ts'

export class SandwichView {
  readonly element: HTMLElement
  readonly callers: FlamePane
  readonly callees: FlamePane
  readonly #callersTitle = element('h2', {})
  readonly #calleesTitle = element('h2', {})
  readonly #language: Language

  constructor(language: Language, callers: FlamePane, callees: FlamePane) {
    this.#language = language
    this.callers = callers
    this.callees = callees
    this.element = element(
      'div',
      { class: 'sandwich' },
      this.#callersTitle,
      callers.element,
      this.#calleesTitle,
      callees.element,
    )
  }

  /** Without such a function it shows the one that spends most. */
  show(graphs: Graphs, functionName: string, look: Look): void {
    const frame = graphs.frameNamed(functionName)
    const { callers, callees } = graphs.sandwich(frame)
    const name = graphs.topDown.frames[frame]?.name ?? ''
    this.#callersTitle.textContent = fill(this.#language.texts.callers, { name })
    this.#calleesTitle.textContent = fill(this.#language.texts.callees, { name })
    this.callers.show(callers, graphs.whole, true, look)
    this.callees.show(callees, graphs.whole, false, look)
  }
}
