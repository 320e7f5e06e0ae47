/** The parts of the form of templates and how they lie: the list, the fields, the preview, and the buttons below. */
import { categories } from '../../analyzers/bpftrace/templates/categories.ts'
import type { TemplateDescription } from '../../analyzers/bpftrace/templates/describe.ts'
import type { FormAction, TemplateTexts } from '../protocol/templates.ts'
import { element, fill } from '../shared/dom.ts'
import type { Field } from './field.ts'
import type { FormState, Option, OptionKind } from './form-model.ts'
import { OptionFields } from './option-fields.ts'
import { PreviewPane } from './preview-pane.ts'
import { TemplateList } from './template-list.ts'

export interface FormEvents {
  search(change: Partial<Pick<FormState, 'query' | 'category'>>): void
  choose(name: string): void
  accept(): void
  option(kind: OptionKind, change: Partial<Option>): void
  use(action: FormAction): void
  changeTarget(): void
}

export class FormPage {
  readonly elements: readonly HTMLElement[]
  readonly list: TemplateList
  readonly options: OptionFields
  readonly preview: PreviewPane
  readonly #title = element('h1', {})
  readonly #about = element('p', { class: 'about muted' })
  readonly #fields = element('div', { class: 'fields' })
  readonly #fieldsTitle: HTMLElement
  readonly #insert: HTMLButtonElement
  readonly #newFile: HTMLButtonElement
  readonly #where = element('span', { class: 'where muted', id: 'where' })
  readonly #texts: TemplateTexts

  constructor(locale: string, texts: TemplateTexts, state: FormState, events: FormEvents) {
    this.#texts = texts
    this.list = new TemplateList(texts, categories, events)
    this.options = new OptionFields(texts, state.options, events.option)
    this.preview = new PreviewPane(locale, texts, events.changeTarget)
    const button = (label: string, action: FormAction) => {
      const made = element('button', { type: 'button', class: 'button is-secondary' }, label)
      made.addEventListener('click', () => events.use(action))
      return made
    }
    this.#insert = button(texts.insert, 'insert')
    this.#insert.setAttribute('aria-describedby', 'where')
    this.#newFile = button(texts.newFile, 'new-file')
    this.#fieldsTitle = element('h2', {}, texts.parameters)
    const fields = element(
      'section',
      { class: 'inputs', 'aria-label': texts.parameters },
      element('header', {}, this.#title, this.#about),
      this.#fieldsTitle,
      this.#fields,
      element('h2', {}, texts.wholeProgram),
      this.options.element,
    )
    this.elements = [
      element('div', { class: 'columns' }, this.list.element, element('main', {}, fields, this.preview.element)),
      element(
        'footer',
        {},
        element('div', { class: 'buttons' }, this.#insert, this.#newFile, button(texts.copyProgram, 'copy')),
        this.#where,
      ),
    ]
  }

  showTemplate({ question, title, name }: TemplateDescription, fields: readonly Field[]): void {
    this.#title.textContent = question
    this.#about.replaceChildren(`${title} · `, element('code', {}, name))
    this.#fields.replaceChildren(...fields.map((field) => field.element))
    this.#fieldsTitle.hidden = fields.length === 0
  }

  showDestination(name: string | null): void {
    this.#insert.setAttribute('aria-disabled', String(name === null))
    this.#insert.classList.toggle('is-secondary', name === null)
    this.#newFile.classList.toggle('is-secondary', name !== null)
    this.#where.textContent = name === null ? this.#texts.insertNowhere : fill(this.#texts.insertInto, { name })
  }
}
