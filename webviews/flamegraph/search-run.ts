/**
 * The search of the view under way: waits until typing has come to rest, keeps what was found, and shows in the search
 * box how much that is.
 */
import type { Language } from './facts.ts'
import { find } from './find.ts'
import type { Graphs } from './graphs.ts'
import type { Found } from './search.ts'
import type { Toolbar } from './toolbar.ts'

const SEARCH_DELAY_MS = 80

export class SearchRun {
  readonly #toolbar: Toolbar
  readonly #language: Language
  readonly #onRest: () => void
  #found: Found | null = null
  #timer = 0

  constructor(toolbar: Toolbar, language: Language, onRest: () => void) {
    this.#toolbar = toolbar
    this.#language = language
    this.#onRest = onRest
  }

  /** What the last search found; `null` without one. */
  get found(): Found | null {
    return this.#found
  }

  /** Something was typed. */
  wait(): void {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(this.#onRest, SEARCH_DELAY_MS)
  }

  run(graphs: Graphs | undefined, query: string): void {
    clearTimeout(this.#timer)
    const result = graphs === undefined || query === '' ? null : find(graphs, query, this.#language)
    this.#found = result?.found ?? null
    this.#toolbar.showFound(result?.short ?? '', result?.text ?? '', result?.isLiteral ?? false)
  }
}
