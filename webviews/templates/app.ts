/**
 * The form of templates: decides what happens when someone searches, chooses, types and presses. The extension writes
 * and judges programs; this asks for them when the hand rests and shows the answer to the latest question only.
 */
import type { ProgramAnswer, ProgramProblem } from '../../analyzers/bpftrace/preview.ts'
import type { TemplateDescription } from '../../analyzers/bpftrace/templates/describe.ts'
import type { ParameterValues } from '../../analyzers/bpftrace/templates/parameter-values.ts'
import type { FormAction, FromTemplates, TemplateTexts, ToTemplates } from '../protocol/templates.ts'
import { element, icon } from '../shared/dom.ts'
import type { Host } from '../shared/host.ts'
import { type Field, parameterField } from './field.ts'
import {
  choiceOf,
  type FormState,
  fieldsOf,
  fieldText,
  readState,
  visibleGroups,
  withGiven,
  withOption,
  withValue,
} from './form-model.ts'
import { FormPage } from './form-page.ts'

/** Until the hand rests. */
const PAUSE_MS = 150

export class TemplatesApp {
  readonly #root: HTMLElement
  readonly #host: Host<FromTemplates, ToTemplates>
  readonly #texts: TemplateTexts
  readonly #locale: string
  #state: FormState
  #templates: readonly TemplateDescription[] = []
  #page: FormPage | undefined
  #fields = new Map<string, Field>()
  #destination: string | null = null
  /** Of the latest question; answers to others come too late. */
  #id = 0
  #valuesId = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #waiting = new Map<number, (values: ParameterValues) => void>()
  /** Someone has pressed a button: what is wrong then gets the focus. */
  #pressed = -1

  constructor(root: HTMLElement, host: Host<FromTemplates, ToTemplates>, locale: string, texts: TemplateTexts) {
    this.#root = root
    this.#host = host
    this.#texts = texts
    this.#locale = locale
    this.#state = readState(host.readState())
    root.replaceChildren(element('p', { class: 'loading', role: 'status' }, `${texts.loadingTemplates}…`))
    root.addEventListener('keydown', (event) => this.#onKey(event))
  }

  receive(message: ToTemplates): void {
    switch (message.type) {
      case 'texts':
        return
      case 'templates':
        this.#start(message)
        return
      case 'destination':
        this.#destination = message.name
        this.#page?.showDestination(message.name)
        return
      case 'preview':
        if (message.id === this.#id) this.#showAnswer(message.answer)
        return
      case 'values':
        this.#waiting.get(message.id)?.(message.values)
        this.#waiting.delete(message.id)
        return
      case 'target-changed':
        if (this.#page) this.#askForPreview()
        return
      case 'failed':
        this.#showFailure(message)
        return
    }
  }

  #start({ templates, given }: Extract<ToTemplates, { type: 'templates' }>): void {
    this.#templates = templates
    const isKnown = (name: string) => templates.some((each) => each.name === name)
    if (given !== null && isKnown(given.template)) this.#state = withGiven(this.#state, given)
    if (!isKnown(this.#state.template)) {
      const [first] = visibleGroups(templates, this.#state).flatMap((group) => group.templates)
      this.#state = { ...this.#state, template: (first ?? templates[0])?.name ?? '' }
    }
    this.#page = new FormPage(this.#locale, this.#texts, this.#state, {
      search: (change) => this.#search(change),
      choose: (name) => this.#choose(name),
      accept: () => this.#focusFields(),
      option: (kind, change) => this.#update(withOption(this.#state, kind, change)),
      use: (action) => this.#use(action),
      changeTarget: () => this.#host.send({ type: 'change-target' }),
    })
    this.#root.replaceChildren(...this.#page.elements)
    this.#page.showDestination(this.#destination)
    this.#page.list.show(visibleGroups(templates, this.#state), this.#state)
    this.#showTemplate()
    if (given === null) this.#page.list.focusSearch()
    else this.#focusFields()
  }

  get #template(): TemplateDescription | undefined {
    return this.#templates.find(({ name }) => name === this.#state.template)
  }

  #search(change: Partial<Pick<FormState, 'query' | 'category'>>): void {
    this.#state = { ...this.#state, ...change }
    const groups = visibleGroups(this.#templates, this.#state)
    this.#page?.list.show(groups, this.#state)
    this.#host.writeState(this.#state)
    const found = groups.flatMap((group) => group.templates)
    // The best match is shown at once; what was chosen stays where it is still in the list and nothing was typed.
    const isThere = found.some(({ name }) => name === this.#state.template)
    const [best] = found
    if (best !== undefined && (this.#state.query !== '' || !isThere)) this.#choose(best.name)
  }

  #choose(name: string): void {
    if (name !== this.#state.template) {
      this.#state = { ...this.#state, template: name }
      this.#showTemplate()
    }
    this.#page?.list.mark(name)
  }

  #showTemplate(): void {
    const template = this.#template
    if (template === undefined || this.#page === undefined) return
    this.#fields = new Map(fieldsOf(template).map((each) => [each.name, this.#field(template, each)]))
    this.#page.showTemplate(template, [...this.#fields.values()])
    this.#page.preview.clear()
    this.#page.preview.wait()
    this.#host.writeState(this.#state)
    this.#askSoon()
  }

  #field(template: TemplateDescription, parameter: TemplateDescription['parameters'][number]): Field {
    return parameterField(parameter, fieldText(this.#state, template.name, parameter), this.#texts, {
      change: (text) => this.#update(withValue(this.#state, template.name, parameter.name, text)),
      suggest: (text) => this.#suggest(template, parameter.name, text),
    })
  }

  #update(state: FormState): void {
    this.#state = state
    this.#host.writeState(state)
    this.#askSoon()
  }

  #askSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#askForPreview(), PAUSE_MS)
  }

  #askForPreview(): void {
    const template = this.#template
    if (template === undefined) return
    clearTimeout(this.#timer)
    this.#page?.preview.wait()
    this.#host.send({ type: 'preview-wanted', id: ++this.#id, choice: choiceOf(this.#state, template) })
  }

  #suggest(template: TemplateDescription, parameter: string, text: string): Promise<ParameterValues> {
    const id = ++this.#valuesId
    const { parameters } = choiceOf(this.#state, template)
    this.#host.send({ type: 'values-wanted', id, template: template.name, parameter, text, parameters })
    return new Promise((resolve) => this.#waiting.set(id, resolve))
  }

  #showAnswer(answer: ProgramAnswer): void {
    const problems = answer.kind === 'problems' ? answer.problems : []
    if (answer.kind === 'program') this.#page?.preview.show(answer)
    else this.#page?.preview.showProblems(problems)
    const messages = (about: ProgramProblem['about']) =>
      new Map(problems.filter((each) => each.about === about).map(({ name, message }) => [name, message]))
    const wrong = messages('parameter')
    for (const [name, field] of this.#fields) field.showProblem(wrong.get(name) ?? '')
    const wrongOption = this.#page?.options.showProblems(messages('operation'))
    if (this.#pressed !== this.#id) return
    const [firstWrong] = [...this.#fields].filter(([name]) => wrong.has(name))
    if (firstWrong !== undefined) firstWrong[1].focus()
    else wrongOption?.focus()
  }

  #use(action: FormAction): void {
    const template = this.#template
    if (template === undefined || (action === 'insert' && this.#destination === null)) return
    clearTimeout(this.#timer)
    this.#pressed = ++this.#id
    this.#host.send({ type: 'use', action, id: this.#id, choice: choiceOf(this.#state, template) })
  }

  #focusFields(): void {
    const [first] = this.#fields.values()
    if (first === undefined) this.#page?.options.focus()
    else first.focus()
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing || this.#page === undefined) return
    const { target } = event
    if (event.key === 'Enter') {
      const isField = target instanceof HTMLInputElement && target.type !== 'checkbox'
      if (!isField && !event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      this.#use(this.#destination === null ? 'new-file' : 'insert')
    } else if (event.key === 'Escape') {
      event.preventDefault()
      this.#page.list.focusSearch()
    }
  }

  #showFailure({ title, message, hint }: Extract<ToTemplates, { type: 'failed' }>): void {
    const retry = element('button', { type: 'button', class: 'button' }, this.#texts.retryForm)
    retry.addEventListener('click', () => this.#host.send({ type: 'retry' }))
    this.#page = undefined
    this.#root.replaceChildren(
      element(
        'div',
        { class: 'page', role: 'alert' },
        icon('error'),
        element('h1', {}, title),
        element('p', {}, message),
        element('p', { class: 'muted' }, hint),
        retry,
      ),
    )
  }
}
