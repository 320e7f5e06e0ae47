/** What any program can be given: a filter, a time limit, output over time, a first and a last line. */
import type { TemplateText, TemplateTexts } from '../protocol/templates.ts'
import { element } from '../shared/dom.ts'
import { durationControl, Problem, textInput } from './field.ts'
import { type Option, type OptionKind, optionKinds } from './form-model.ts'

const labels: Readonly<Record<OptionKind, readonly [label: TemplateText, hint: TemplateText, example: string]>> = {
  filter: ['optionFilter', 'optionFilterHint', 'pid == 1234 && comm != "sshd"'],
  time_limit: ['optionTimeLimit', 'optionTimeLimitHint', '10s'],
  series: ['optionSeries', 'optionSeriesHint', '1s'],
  begin_text: ['optionBeginText', 'optionBeginTextHint', 'Tracing…'],
  end_text: ['optionEndText', 'optionEndTextHint', 'Done'],
}

interface OptionField {
  readonly element: HTMLElement
  readonly problem: Problem
  show(option: Option): void
  focus(): void
}

export class OptionFields {
  readonly element: HTMLElement
  readonly #fields: ReadonlyMap<OptionKind, OptionField>

  constructor(
    texts: TemplateTexts,
    options: Readonly<Record<OptionKind, Option>>,
    change: (kind: OptionKind, change: Partial<Option>) => void,
  ) {
    this.#fields = new Map(optionKinds.map((kind) => [kind, optionField(kind, texts, options[kind], change)]))
    this.element = element('div', { class: 'options' }, ...[...this.#fields.values()].map((field) => field.element))
  }

  show(options: Readonly<Record<OptionKind, Option>>): void {
    for (const [kind, field] of this.#fields) field.show(options[kind])
  }

  focus(): void {
    this.element.querySelector('input')?.focus()
  }

  /** Says what is wrong with each; returns the first that is wrong. */
  showProblems(problems: ReadonlyMap<string, string>): { focus(): void } | undefined {
    for (const [kind, { problem }] of this.#fields) problem.show(problems.get(kind) ?? '')
    return [...this.#fields].find(([kind]) => problems.has(kind))?.[1]
  }
}

function optionField(
  kind: OptionKind,
  texts: TemplateTexts,
  option: Option,
  change: (kind: OptionKind, change: Partial<Option>) => void,
): OptionField {
  const [label, hint, example] = labels[kind]
  const id = `option-${kind}`
  const box = element('input', { type: 'checkbox', id, 'aria-describedby': `${id}-help` })
  const help = element('p', { class: 'help-text', id: `${id}-help` }, texts[hint])
  const setText = (text: string) => change(kind, { text })
  const isTime = kind === 'time_limit' || kind === 'series'
  const input = textInput(`${id}-text`, option.text, example)
  if (!isTime) input.addEventListener('input', () => setText(input.value))
  const { control, block } = isTime
    ? durationControl(`${id}-text`, texts[label], option.text, example, texts, setText)
    : { control: input, block: input }
  control.setAttribute('aria-label', texts[label])
  const problem = new Problem(`${id}-problem`)
  problem.tie(control, help.id)
  const more = element('div', { class: 'option-text' }, block, problem.element)
  const show = ({ isOn }: Option) => {
    box.checked = isOn
    more.hidden = !isOn
  }
  box.addEventListener('change', () => {
    change(kind, { isOn: box.checked })
    show({ isOn: box.checked, text: control.value })
    if (box.checked) control.focus()
  })
  show(option)
  return {
    element: element(
      'div',
      { class: 'field option-field', 'data-option': kind },
      element('div', { class: 'check' }, box, element('label', { for: id, class: 'label' }, texts[label])),
      help,
      more,
    ),
    problem,
    show,
    focus: () => control.focus(),
  }
}
