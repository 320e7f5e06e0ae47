/**
 * The bar above the graph: which view, which sample type, search, and the buttons. It shows what it is told and reports
 * what is asked of it; it decides nothing.
 */
import type { ViewText, ViewTexts } from '../protocol.ts'
import { element, fill, icon, iconButton } from '../shared/dom.ts'
import { type Mode, modes } from './saved-state.ts'

export interface ToolbarListener {
  onMode(mode: Mode): void
  onSampleType(index: number): void
  onQuery(text: string): void
  onStep(step: 1 | -1): void
  onFlip(): void
  onReset(): void
  onHelp(): void
  onFilters(): void
  onExport(): void
  onCopy(format: 'tsv' | 'markdown'): void
}

const tabs: Readonly<Record<Mode, { icon: string; text: ViewText; hint: ViewText }>> = {
  'top-down': { icon: 'flame', text: 'topDown', hint: 'topDownHint' },
  'bottom-up': { icon: 'type-hierarchy-super', text: 'bottomUp', hint: 'bottomUpHint' },
  sandwich: { icon: 'type-hierarchy', text: 'sandwich', hint: 'sandwichHint' },
  table: { icon: 'table', text: 'table', hint: 'tableHint' },
}

export class Toolbar {
  readonly element: HTMLElement
  readonly search: HTMLInputElement
  readonly #tabs: Readonly<Record<Mode, HTMLButtonElement>>
  readonly #sampleType: HTMLSelectElement
  readonly #total = element('span', { class: 'total' })
  readonly #found = element('span', { class: 'found', role: 'status' })
  readonly #steps: readonly HTMLButtonElement[]
  readonly #flip: HTMLButtonElement
  readonly #reset: HTMLButtonElement
  readonly #copies: readonly HTMLButtonElement[]
  readonly #filters: HTMLButtonElement
  readonly #export: HTMLButtonElement
  readonly #texts: ViewTexts

  constructor(texts: ViewTexts, listener: ToolbarListener) {
    const tab = (mode: Mode) => {
      const { icon: name, text, hint } = tabs[mode]
      const label = element('span', { class: 'tab-label' }, texts[text])
      const title = `${texts[text]}: ${texts[hint]}`
      const button = element(
        'button',
        { type: 'button', role: 'tab', title, 'aria-label': texts[text] },
        icon(name),
        label,
      )
      button.addEventListener('click', () => listener.onMode(mode))
      return button
    }
    this.#tabs = {
      'top-down': tab('top-down'),
      'bottom-up': tab('bottom-up'),
      sandwich: tab('sandwich'),
      table: tab('table'),
    }
    const list = element(
      'div',
      { class: 'tabs', role: 'tablist', 'aria-label': texts.views },
      ...Object.values(this.#tabs),
    )
    list.addEventListener('keydown', (event) => this.#walkTabs(event, listener))

    this.#sampleType = element('select', { 'aria-label': texts.sampleType, title: texts.sampleType })
    this.#sampleType.addEventListener('change', () => listener.onSampleType(this.#sampleType.selectedIndex))

    this.search = element('input', {
      type: 'search',
      'aria-label': texts.search,
      placeholder: texts.searchHint,
      title: texts.searchTitle,
      spellcheck: 'false',
      autocomplete: 'off',
    })
    this.search.addEventListener('input', () => listener.onQuery(this.search.value))
    this.search.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return
      event.preventDefault()
      listener.onStep(event.shiftKey ? -1 : 1)
    })
    this.#steps = [
      iconButton('arrow-up', texts.previousMatch, () => listener.onStep(-1)),
      iconButton('arrow-down', texts.nextMatch, () => listener.onStep(1)),
    ]
    this.#flip = iconButton('fold-up', texts.flip, () => listener.onFlip())
    this.#reset = iconButton('screen-normal', texts.reset, () => listener.onReset())
    this.#texts = texts
    this.#filters = iconButton('filter', texts.filters, () => listener.onFilters())
    this.#export = iconButton('export', texts.export, () => listener.onExport())
    this.#copies = [
      iconButton('copy', texts.copyTsv, () => listener.onCopy('tsv')),
      iconButton('markdown', texts.copyMarkdown, () => listener.onCopy('markdown')),
    ]
    this.element = element(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': texts.tools },
      list,
      element('div', { class: 'group' }, this.#sampleType, this.#total),
      element(
        'div',
        { class: 'group' },
        this.#filters,
        ...this.#copies,
        this.#flip,
        this.#reset,
        this.#export,
        iconButton('question', texts.help, () => listener.onHelp()),
      ),
      // Last, so that in a narrow view it is the search that takes a row of its own.
      element('div', { class: 'group search' }, icon('search'), this.search, this.#found, ...this.#steps),
    )
  }

  showMode(mode: Mode): void {
    for (const each of modes) {
      const isSelected = each === mode
      this.#tabs[each].setAttribute('aria-selected', String(isSelected))
      this.#tabs[each].tabIndex = isSelected ? 0 : -1
    }
    for (const button of this.#copies) button.hidden = mode !== 'table'
    this.#flip.hidden = mode === 'table' || mode === 'sandwich'
    this.#reset.hidden = mode === 'table'
  }

  showSampleTypes(types: readonly { readonly type: string; readonly unit: string }[], selected: number): void {
    const names = types.map(({ type }) => type)
    const options = types.map(({ type, unit }) => {
      // The unit only where two types have one name; elsewhere the total beside it shows it.
      const isUnique = names.indexOf(type) === names.lastIndexOf(type)
      return element('option', {}, isUnique ? type : `${type} (${unit})`)
    })
    this.#sampleType.replaceChildren(...options)
    this.#sampleType.selectedIndex = selected
    this.#sampleType.disabled = types.length < 2
  }

  /** Filters and exports need somebody who makes them; `count` filters are in use. */
  showFilters(canFilter: boolean, isOpen: boolean, count: number): void {
    this.#filters.hidden = !canFilter
    this.#export.hidden = !canFilter
    const label = count === 0 ? this.#texts.filters : fill(this.#texts.filtersActive, { count: String(count) })
    this.#filters.setAttribute('aria-expanded', String(isOpen))
    this.#filters.setAttribute('aria-pressed', String(isOpen))
    this.#filters.setAttribute('aria-label', label)
    this.#filters.title = `${label}: ${this.#texts.filtersHint}`
    this.#filters.classList.toggle('is-active', count > 0)
  }

  showTotal(text: string, title: string): void {
    this.#total.textContent = text
    this.#total.title = title
  }

  /** `short` is what is seen, `text` what the pointer and assistive technology get. */
  showFound(short: string, text: string, isLiteral: boolean): void {
    this.#found.textContent = short
    this.#found.title = text
    this.#found.classList.toggle('is-literal', isLiteral)
    this.element.classList.toggle('has-query', short !== '')
    for (const button of this.#steps) button.hidden = short === ''
  }

  showFlipped(isFlipped: boolean): void {
    this.#flip.setAttribute('aria-pressed', String(isFlipped))
  }

  showZoomed(isZoomed: boolean): void {
    this.#reset.disabled = !isZoomed
  }

  #walkTabs(event: KeyboardEvent, listener: ToolbarListener): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const at = modes.findIndex((mode) => this.#tabs[mode].getAttribute('aria-selected') === 'true')
    const next = modes[(at + step + modes.length) % modes.length]
    if (next === undefined) return
    listener.onMode(next)
    this.#tabs[next].focus()
  }
}
