/**
 * The filters of google/pprof as a row of fields under the toolbar. It says what is typed when the typing has come to
 * rest, and shows which filter matched nothing and how much of the value has passed.
 */
import { formatPercent } from '../../analyzers/pprof/format-value.ts'
import { type FilterName, type Filters, filterNames, type ViewText, type ViewTexts } from '../protocol.ts'
import { element, fill } from '../shared/dom.ts'
import type { Language } from './facts.ts'
import type { GraphResult } from './graphs.ts'

/** A graph is laid out anew for each change, so typing has to rest for so long. */
const REST_MS = 450

export const noFilters: Filters = { focus: '', ignore: '', hide: '', show: '', tagFocus: '', tagIgnore: '' }

const hints: Readonly<Record<FilterName, ViewText>> = {
  focus: 'focusHint',
  ignore: 'ignoreHint',
  hide: 'hideHint',
  show: 'showHint',
  tagFocus: 'tagFocusHint',
  tagIgnore: 'tagIgnoreHint',
}

export class FilterBar {
  readonly element: HTMLElement
  readonly #fields: ReadonlyMap<FilterName, HTMLInputElement>
  readonly #status = element('span', { class: 'filter-status', role: 'status' })
  readonly #onChange: (filters: Filters) => void
  #timer = 0

  constructor(texts: ViewTexts, onChange: (filters: Filters) => void) {
    this.#onChange = onChange
    this.#fields = new Map(filterNames.map((name) => [name, this.#makeField(name, texts)]))
    const clear = element('button', { type: 'button', class: 'button is-small is-secondary' }, texts.clearFilters)
    clear.addEventListener('click', () => {
      this.show(noFilters)
      this.#apply()
    })
    const labelled = [...this.#fields].map(([name, field]) => element('label', {}, texts[name], field))
    this.element = element(
      'div',
      { class: 'filters', role: 'group', 'aria-label': texts.filters, hidden: true },
      ...labelled,
      clear,
      this.#status,
    )
  }

  get filters(): Filters {
    const value = (name: FilterName) => this.#fields.get(name)?.value.trim() ?? ''
    return {
      focus: value('focus'),
      ignore: value('ignore'),
      hide: value('hide'),
      show: value('show'),
      tagFocus: value('tagFocus'),
      tagIgnore: value('tagIgnore'),
    }
  }

  show(filters: Filters): void {
    for (const [name, field] of this.#fields) field.value = filters[name]
  }

  /** What came of the filters; `text` is a sentence, `unmatched` the filters it is to blame on. */
  showResult(text: string, unmatched: readonly FilterName[], isError: boolean): void {
    this.#status.textContent = text
    this.#status.classList.toggle('is-error', isError)
    for (const [name, field] of this.#fields) {
      if (unmatched.includes(name)) field.setAttribute('aria-invalid', 'true')
      else field.removeAttribute('aria-invalid')
    }
  }

  /** How much of the value has passed, or which filters matched nothing. */
  showPassed({ passed, unmatched }: Pick<GraphResult, 'passed' | 'unmatched'>, filters: Filters, language: Language) {
    const { texts, locale } = language
    const isFiltered = Object.values(filters).some((filter) => filter !== '')
    const sentences = [
      ...unmatched.map((name) => fill(texts.filterUnmatched, { name: texts[name] })),
      ...(isFiltered && unmatched.length === 0
        ? [fill(texts.filtered, { percent: formatPercent(passed, 1, locale) })]
        : []),
    ]
    this.showResult(sentences.join(' '), unmatched, false)
  }

  focus(): void {
    this.#fields.get('focus')?.focus()
  }

  #makeField(name: FilterName, texts: ViewTexts): HTMLInputElement {
    const field = element('input', {
      type: 'text',
      title: texts[hints[name]],
      'aria-label': texts[name],
      spellcheck: 'false',
      autocomplete: 'off',
    })
    field.addEventListener('input', () => {
      clearTimeout(this.#timer)
      this.#timer = window.setTimeout(() => this.#apply(), REST_MS)
    })
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#apply()
    })
    return field
  }

  #apply(): void {
    clearTimeout(this.#timer)
    this.#onChange(this.filters)
  }
}
