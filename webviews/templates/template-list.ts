/**
 * The templates to choose from: a search box, a choice of category, and a list under headings. Arrow keys in the search
 * box move the choice, so that one types, looks and goes on without leaving it.
 */
import type { TemplateDescription } from '../../analyzers/bpftrace/templates/describe.ts'
import type { TemplateTexts } from '../protocol/templates.ts'
import { element, fill, icon } from '../shared/dom.ts'
import type { FormState, TemplateGroup } from './form-model.ts'

export interface TemplateListEvents {
  search(change: Partial<Pick<FormState, 'query' | 'category'>>): void
  choose(name: string): void
  /** Enter, or a click: the reader goes on to the fields. */
  accept(): void
}

export class TemplateList {
  readonly element: HTMLElement
  readonly #texts: TemplateTexts
  readonly #events: TemplateListEvents
  readonly #search: HTMLInputElement
  readonly #category: HTMLSelectElement
  readonly #list = element('div', { role: 'listbox', id: 'template-list', tabindex: 0, class: 'list' })
  readonly #empty = element('div', { class: 'empty', hidden: true })
  readonly #count = element('p', { class: 'visually-hidden', role: 'status' })
  #names: readonly string[] = []
  #chosen = ''

  constructor(texts: TemplateTexts, categories: readonly string[], events: TemplateListEvents) {
    this.#texts = texts
    this.#events = events
    this.#search = element('input', {
      type: 'search',
      id: 'search',
      role: 'combobox',
      'aria-label': texts.searchTemplates,
      'aria-controls': 'template-list',
      'aria-expanded': 'true',
      'aria-autocomplete': 'list',
      placeholder: texts.searchTemplatesHint,
      autocomplete: 'off',
      spellcheck: 'false',
    })
    this.#category = element(
      'select',
      { 'aria-label': texts.category },
      element('option', { value: '' }, texts.allCategories),
      ...categories.map((each) => element('option', { value: each }, each)),
    )
    this.#list.setAttribute('aria-label', texts.templates)
    this.element = element(
      'section',
      { class: 'chooser', 'aria-label': texts.templates },
      element('div', { class: 'search' }, icon('search'), this.#search),
      this.#category,
      this.#list,
      this.#empty,
      this.#count,
    )
    this.#search.addEventListener('input', () => events.search({ query: this.#search.value }))
    this.#category.addEventListener('change', () => events.search({ category: this.#category.value }))
    this.#search.addEventListener('keydown', (event) => this.#onKey(event))
    this.#list.addEventListener('keydown', (event) => this.#onKey(event))
    this.#list.addEventListener('click', (event) => this.#onClick(event))
  }

  focusSearch(): void {
    this.#search.focus()
    this.#search.select()
  }

  show(groups: readonly TemplateGroup[], { query, category, template }: FormState): void {
    if (this.#search.value !== query) this.#search.value = query
    this.#category.value = category
    const all = groups.flatMap((group) => group.templates)
    this.#names = all.map(({ name }) => name)
    this.#list.replaceChildren(...groups.map((group, index) => this.#group(group, index)))
    this.#list.hidden = all.length === 0
    this.#empty.hidden = all.length > 0
    if (all.length === 0) this.#empty.replaceChildren(...this.#emptyPage(query))
    this.#count.textContent = fill(this.#texts.templatesFound, { count: String(all.length) })
    this.mark(template)
  }

  /** Shows which one is chosen. */
  mark(name: string): void {
    this.#chosen = name
    for (const option of this.#list.querySelectorAll<HTMLElement>('[role="option"]')) {
      const isChosen = option.dataset.name === name
      option.setAttribute('aria-selected', String(isChosen))
      if (isChosen) option.scrollIntoView({ block: 'nearest' })
    }
    const active = this.#names.includes(name) ? optionId(name) : null
    for (const target of [this.#search, this.#list]) {
      if (active === null) target.removeAttribute('aria-activedescendant')
      else target.setAttribute('aria-activedescendant', active)
    }
  }

  #group({ category, templates }: TemplateGroup, index: number): HTMLElement {
    const id = `category-${index}`
    return element(
      'div',
      { role: 'group', 'aria-labelledby': id },
      element('div', { class: 'heading', id, role: 'presentation' }, category),
      ...templates.map((each) => this.#option(each)),
    )
  }

  #option({ name, question }: TemplateDescription): HTMLElement {
    return element(
      'div',
      { role: 'option', id: optionId(name), 'data-name': name, class: 'option', 'aria-selected': 'false' },
      element('span', { class: 'question' }, question),
      element('span', { class: 'name' }, name),
    )
  }

  #emptyPage(query: string): readonly HTMLElement[] {
    const all = element('button', { type: 'button', class: 'button is-secondary' }, this.#texts.showAllTemplates)
    all.addEventListener('click', () => {
      this.#events.search({ query: '', category: '' })
      this.focusSearch()
    })
    return [
      element('p', {}, fill(this.#texts.noTemplates, { query: query || this.#category.value })),
      element('p', { class: 'muted' }, this.#texts.noTemplatesHint),
      all,
    ]
  }

  #onClick(event: MouseEvent): void {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="option"]') : null
    if (option?.dataset.name !== undefined) this.#events.choose(option.dataset.name)
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return
    switch (event.key) {
      case 'ArrowDown':
        this.#move(1)
        break
      case 'ArrowUp':
        this.#move(-1)
        break
      case 'PageDown':
        this.#move(8)
        break
      case 'PageUp':
        this.#move(-8)
        break
      case 'Enter':
        if (event.ctrlKey || event.metaKey) return
        if (!this.#names.includes(this.#chosen)) this.#move(1)
        if (this.#names.length > 0) this.#events.accept()
        break
      case 'Escape':
        if (this.#search.value === '') return
        this.#events.search({ query: '' })
        break
      case 'Home':
      case 'End':
        // In the search box they belong to the text.
        if (event.target === this.#search) return
        this.#move(event.key === 'Home' ? -this.#names.length : this.#names.length)
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  #move(steps: number): void {
    const last = this.#names.length - 1
    const at = this.#names.indexOf(this.#chosen)
    const next = this.#names[at < 0 ? 0 : Math.max(0, Math.min(last, at + steps))]
    if (next !== undefined) this.#events.choose(next)
  }
}

const optionId = (name: string) => `template-${name}`
