/**
 * One parameter as a field: label, control of its kind, description, and what is wrong with the value. The message is
 * the analyzers'; the field only says it, tied to the control for those who cannot see where it stands.
 */
import type { ParameterDescription } from '../../analyzers/bpftrace/templates/describe.ts'
import type { ParameterValues } from '../../analyzers/bpftrace/templates/parameter-values.ts'
import type { TemplateTexts } from '../protocol/templates.ts'
import { element, icon, withCode } from '../shared/dom.ts'
import { durationParts, durationText, durationUnits, type FieldUnit, fieldKind } from './form-model.ts'
import { SuggestBox } from './suggest-box.ts'

export interface FieldEvents {
  change(text: string): void
  suggest(text: string): Promise<ParameterValues>
}

export interface Field {
  readonly element: HTMLElement
  focus(): void
  /** Empty text: nothing is wrong. */
  showProblem(message: string): void
}

export function parameterField(
  parameter: ParameterDescription,
  text: string,
  texts: TemplateTexts,
  events: FieldEvents,
): Field {
  const { name, description } = parameter
  const id = `field-${name}`
  const isCheck = fieldKind(parameter) === 'check'
  const help = element('p', { class: 'help-text', id: `${id}-help` }, isCheck ? name : `${description}.`)
  const problem = new Problem(`${id}-problem`)
  const { control, block } = controlFor(parameter, id, text, texts, events)
  problem.tie(control, help.id)
  const label = element('label', { for: id, class: 'label' }, isCheck ? description : name)
  const parts = isCheck
    ? [element('div', { class: 'check' }, block, label), help]
    : [element('div', { class: 'label-row' }, label, optionalMark(parameter, texts)), block, help]
  return {
    element: element('div', { class: 'field', 'data-parameter': name }, ...parts, problem.element),
    focus: () => control.focus(),
    showProblem: (message) => problem.show(message),
  }
}

function optionalMark({ default: preset, required }: ParameterDescription, texts: TemplateTexts): HTMLElement | null {
  return preset === undefined && !required ? element('span', { class: 'muted' }, texts.emptyMeans) : null
}

type Control = HTMLInputElement | HTMLSelectElement

interface Controls {
  /** What has the focus and the problem. */
  readonly control: Control
  readonly block: HTMLElement
}

function controlFor(
  parameter: ParameterDescription,
  id: string,
  text: string,
  texts: TemplateTexts,
  { change, suggest }: FieldEvents,
): Controls {
  const { name, choices = [], type } = parameter
  // An emptied field means the default.
  const example = parameter.default ?? parameter.example
  switch (fieldKind(parameter)) {
    case 'check': {
      const box = element('input', { type: 'checkbox', id })
      box.checked = text === 'true'
      box.addEventListener('change', () => change(String(box.checked)))
      return { control: box, block: box }
    }
    case 'select': {
      const select = element('select', { id }, ...choices.map((each) => element('option', { value: each }, each)))
      select.value = text
      select.addEventListener('change', () => change(select.value))
      return { control: select, block: select }
    }
    case 'duration':
      return durationControl(id, name, text, String(example ?? ''), texts, change)
    case 'suggest': {
      const input = textInput(id, text, example)
      input.addEventListener('input', () => change(input.value))
      return { control: input, block: new SuggestBox(input, name, texts, suggest).element }
    }
    case 'text': {
      const input = textInput(id, text, example)
      if (type === 'integer') input.inputMode = 'numeric'
      input.addEventListener('input', () => change(input.value))
      return { control: input, block: input }
    }
  }
}

export function textInput(id: string, text: string, example: string | number | boolean | undefined): HTMLInputElement {
  const input = element('input', { type: 'text', id, autocomplete: 'off', spellcheck: 'false' })
  if (example !== undefined) input.placeholder = String(example)
  input.value = text
  return input
}

/** A number and its unit; both are read together. */
export function durationControl(
  id: string,
  name: string,
  text: string,
  example: string,
  texts: TemplateTexts,
  change: (text: string) => void,
): Controls {
  const parts = durationParts(text === '' ? example.replace(/^\d+/, '') : text)
  const amount = textInput(id, parts.amount, example.replace(/\D+$/, ''))
  amount.inputMode = 'numeric'
  const unit = element(
    'select',
    { class: 'unit', 'aria-label': `${name}: ${texts.unit}` },
    ...durationUnits.map((each) => element('option', { value: each }, each)),
  )
  unit.value = parts.unit
  const chosen = (): FieldUnit => durationUnits.find((each) => each === unit.value) ?? 's'
  const report = () => change(durationText(amount.value, chosen()))
  amount.addEventListener('input', report)
  unit.addEventListener('change', report)
  return { control: amount, block: element('div', { class: 'duration' }, amount, unit) }
}

/** What is wrong with one control, said at once to those who listen and marked for those who look. */
export class Problem {
  readonly element: HTMLElement
  #control: Control | undefined
  #described = ''
  #message = ''

  constructor(id: string) {
    this.element = element('p', { class: 'problem', id, role: 'alert', hidden: true })
  }

  tie(control: Control, helpId: string): void {
    this.#control = control
    this.#described = helpId
    control.setAttribute('aria-describedby', helpId)
  }

  show(message: string): void {
    // What stands there already is not said again.
    if (message === this.#message) return
    this.#message = message
    this.element.hidden = message === ''
    this.element.replaceChildren(...(message === '' ? [] : [icon('error'), element('span', {}, ...withCode(message))]))
    const control = this.#control
    if (message === '') control?.removeAttribute('aria-invalid')
    else control?.setAttribute('aria-invalid', 'true')
    control?.setAttribute(
      'aria-describedby',
      message === '' ? this.#described : `${this.#described} ${this.element.id}`,
    )
  }
}
