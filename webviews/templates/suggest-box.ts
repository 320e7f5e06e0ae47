/**
 * A text field with a list of suggestions, as assistive technology knows it (combobox and listbox). Whoever owns it
 * answers what it asks for; answers to a text that is no longer there are dropped.
 */
import type { ParameterValue, ParameterValues } from '../../analyzers/bpftrace/templates/parameter-values.ts'
import type { TemplateTexts } from '../protocol/templates.ts'
import { element, fill } from '../shared/dom.ts'

/** Until the hand rests. */
const PAUSE_MS = 120

export class SuggestBox {
  readonly input: HTMLInputElement
  readonly list: HTMLElement
  readonly #status = element('span', { class: 'visually-hidden', role: 'status' })
  readonly element: HTMLElement
  readonly #texts: TemplateTexts
  readonly #ask: (text: string) => Promise<ParameterValues>
  #values: readonly ParameterValue[] = []
  #active = -1
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    input: HTMLInputElement,
    name: string,
    texts: TemplateTexts,
    ask: (text: string) => Promise<ParameterValues>,
  ) {
    this.input = input
    this.#texts = texts
    this.#ask = ask
    const id = `${input.id}-list`
    this.list = element('ul', { role: 'listbox', id, class: 'suggestions', hidden: true })
    this.list.setAttribute('aria-label', fill(texts.suggestions, { name }))
    for (const [attribute, value] of Object.entries({
      role: 'combobox',
      'aria-controls': id,
      'aria-expanded': 'false',
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
    })) {
      input.setAttribute(attribute, value)
    }
    this.element = element('div', { class: 'suggest' }, input, this.list, this.#status)
    input.addEventListener('input', () => this.#askSoon())
    input.addEventListener('blur', () => this.close())
    input.addEventListener('keydown', (event) => this.#onKey(event))
    // Pressing must not take the focus from the field, whose loss closes the list.
    this.list.addEventListener('pointerdown', (event) => event.preventDefault())
    this.list.addEventListener('click', (event) => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="option"]') : null
      if (option !== null) this.#accept(Number(option.dataset.index))
    })
  }

  get isOpen(): boolean {
    return !this.list.hidden
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#asked++
    this.list.hidden = true
    this.#active = -1
    this.input.setAttribute('aria-expanded', 'false')
    this.input.removeAttribute('aria-activedescendant')
    this.#status.textContent = ''
  }

  #askSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#open(), PAUSE_MS)
  }

  async #open(): Promise<void> {
    const asked = ++this.#asked
    const { values, hasMore } = await this.#ask(this.input.value)
    if (asked !== this.#asked || document.activeElement !== this.input) return
    // One that is written already needs no list.
    const [only] = values
    if (only === undefined || (values.length === 1 && only.value === this.input.value)) {
      this.close()
      return
    }
    this.#values = values
    this.#active = -1
    this.input.removeAttribute('aria-activedescendant')
    this.list.replaceChildren(
      ...values.map((each, index) => this.#option(each, index)),
      ...(hasMore ? [element('li', { class: 'more', role: 'presentation' }, this.#texts.moreSuggestions)] : []),
    )
    this.list.hidden = false
    this.list.scrollTop = 0
    this.input.setAttribute('aria-expanded', 'true')
    this.#status.textContent = fill(this.#texts.suggestionsFound, { count: String(values.length) })
  }

  #option({ value, detail }: ParameterValue, index: number): HTMLElement {
    return element(
      'li',
      { role: 'option', id: `${this.list.id}-${index}`, 'data-index': index, 'aria-selected': 'false', title: value },
      element('span', { class: 'value' }, value),
      element('span', { class: 'detail' }, detail),
    )
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return
    if (!this.isOpen) {
      if (event.key !== 'ArrowDown') return
      event.preventDefault()
      void this.#open()
      return
    }
    switch (event.key) {
      case 'ArrowDown':
        this.#move((this.#active + 1) % this.#values.length)
        break
      case 'ArrowUp':
        this.#move((Math.max(this.#active, 0) - 1 + this.#values.length) % this.#values.length)
        break
      case 'Enter':
        if (this.#active < 0) return
        this.#accept(this.#active)
        break
      case 'Escape':
        this.close()
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  #move(index: number): void {
    this.#active = index
    for (const option of this.list.querySelectorAll<HTMLElement>('[role="option"]')) {
      const isActive = Number(option.dataset.index) === index
      option.setAttribute('aria-selected', String(isActive))
      if (!isActive) continue
      option.scrollIntoView({ block: 'nearest' })
      this.input.setAttribute('aria-activedescendant', option.id)
    }
  }

  #accept(index: number): void {
    const chosen = this.#values[index]
    if (chosen === undefined) return
    this.close()
    this.input.value = chosen.value
    // Whoever listens for typing hears of it too; what is only the beginning of a value asks for the rest.
    this.input.dispatchEvent(new Event('input', { bubbles: true }))
    if (!chosen.isPart) this.close()
  }
}
