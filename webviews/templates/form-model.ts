/**
 * What the form of templates holds, as plain data: the search, the chosen template, the text of each field, the options
 * for the whole program; and what is asked of the extension for it. No DOM.
 */
import type { Operation } from '../../analyzers/bpftrace/compose/compose.ts'
import type { ParameterInputs, TemplateChoice } from '../../analyzers/bpftrace/preview.ts'
import { categories } from '../../analyzers/bpftrace/templates/categories.ts'
import type { ParameterDescription, TemplateDescription } from '../../analyzers/bpftrace/templates/describe.ts'
import { rankByWords } from '../../analyzers/bpftrace/templates/rank-by-words.ts'

export const optionKinds = ['filter', 'time_limit', 'series', 'begin_text', 'end_text'] as const
export type OptionKind = (typeof optionKinds)[number]

export interface Option {
  readonly isOn: boolean
  readonly text: string
}

export interface FormState {
  readonly query: string
  /** Empty for all. */
  readonly category: string
  /** Name of the chosen one. */
  readonly template: string
  /** Texts of fields by template and parameter; a checkbox is `true` or `false`. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly options: Readonly<Record<OptionKind, Option>>
}

export const initialState: FormState = {
  query: '',
  category: '',
  template: '',
  values: {},
  options: {
    filter: { isOn: false, text: '' },
    time_limit: { isOn: false, text: '10s' },
    series: { isOn: false, text: '1s' },
    begin_text: { isOn: false, text: '' },
    end_text: { isOn: false, text: '' },
  },
}

/** The parameter that every template has; in the form it is the time limit among the options. */
export const LIMIT_PARAMETER = 'duration'

export interface TemplateGroup {
  readonly category: string
  readonly templates: readonly TemplateDescription[]
}

/** What the search leaves, under the headings of categories, the best match first. */
export function visibleGroups(
  templates: readonly TemplateDescription[],
  { query, category }: Pick<FormState, 'query' | 'category'>,
): readonly TemplateGroup[] {
  const within = templates.filter((each) => category === '' || each.category === category)
  const searchable = within.map((each) => ({ ...each, tags: [...each.tags, each.category], template: each }))
  const found = rankByWords(searchable, query, true).map(({ item }) => item.template)
  const groups = [...Map.groupBy(found, (each) => each.category)]
  if (query.trim() === '') groups.sort(([a], [b]) => categories.indexOf(a) - categories.indexOf(b))
  return groups.map(([name, own]) => ({ category: name, templates: own }))
}

/** The parameters that have a field of their own. */
export function fieldsOf(template: TemplateDescription): readonly ParameterDescription[] {
  return template.parameters.filter(({ name }) => name !== LIMIT_PARAMETER)
}

export type FieldKind = 'check' | 'select' | 'duration' | 'suggest' | 'text'

const kinds: Readonly<Record<ParameterDescription['type'], FieldKind>> = {
  integer: 'text',
  boolean: 'check',
  choice: 'select',
  duration: 'duration',
  text: 'suggest',
  comm: 'text',
  cgroup: 'text',
  probe: 'suggest',
  function: 'suggest',
  symbol: 'suggest',
  path: 'suggest',
}

export const fieldKind = ({ type }: ParameterDescription): FieldKind => kinds[type]

/** What stands in a field: what was typed, else the default. */
export function fieldText(state: FormState, template: string, { name, default: preset }: ParameterDescription): string {
  return state.values[template]?.[name] ?? String(preset ?? '')
}

export function withValue(state: FormState, template: string, parameter: string, text: string): FormState {
  const values = { ...state.values, [template]: { ...state.values[template], [parameter]: text } }
  return { ...state, values }
}

export function withOption(state: FormState, kind: OptionKind, change: Partial<Option>): FormState {
  return { ...state, options: { ...state.options, [kind]: { ...state.options[kind], ...change } } }
}

/** Empty fields are left out: they mean the default. */
export function choiceOf(state: FormState, template: TemplateDescription): TemplateChoice {
  const parameters: Record<string, string | boolean> = {}
  for (const parameter of fieldsOf(template)) {
    const text = fieldText(state, template.name, parameter).trim()
    if (text !== '') parameters[parameter.name] = parameter.type === 'boolean' ? text === 'true' : text
  }
  const operations = optionKinds.flatMap((kind): Operation[] => {
    const { isOn, text } = state.options[kind]
    return isOn ? [operationOf(kind, text.trim())] : []
  })
  return { template: template.name, parameters, operations }
}

function operationOf(kind: OptionKind, text: string): Operation {
  switch (kind) {
    case 'filter':
      return { kind, condition: text }
    case 'time_limit':
      return { kind, duration: text }
    case 'series':
      return { kind, interval: text }
    case 'begin_text':
    case 'end_text':
      return { kind, text }
  }
}

/** What a key binding has asked for: its values stand beside what the state has of other templates. */
export function withGiven(
  state: FormState,
  { template, parameters }: { readonly template: string; readonly parameters: ParameterInputs },
): FormState {
  const { [LIMIT_PARAMETER]: limit, ...rest } = parameters
  const texts = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]))
  const chosen = { ...state, query: '', category: '', template, values: { ...state.values, [template]: texts } }
  return limit === undefined ? chosen : withOption(chosen, 'time_limit', { isOn: true, text: String(limit) })
}

export const durationUnits = ['ns', 'us', 'ms', 's', 'm', 'h'] as const
export type FieldUnit = (typeof durationUnits)[number]

/** `10ms` as a number and a unit; what is no such text stands where the number is, for the reader to correct. */
export function durationParts(
  text: string,
  fallback: FieldUnit = 's',
): { readonly amount: string; readonly unit: FieldUnit } {
  const match = /^\s*(\d*)\s*(ns|us|ms|s|m|h)\s*$/.exec(text)
  const unit = durationUnits.find((each) => each === match?.[2])
  return unit === undefined ? { amount: text, unit: fallback } : { amount: match?.[1] ?? '', unit }
}

export function durationText(amount: string, unit: FieldUnit): string {
  const text = amount.trim()
  // Whoever types the unit with the number means that one.
  return text === '' ? '' : /^\d+$/.test(text) ? `${text}${unit}` : text
}

/** What was saved by this or an older version, as far as it makes sense. */
export function readState(saved: unknown): FormState {
  const fields = recordOf(saved)
  const values = Object.entries(recordOf(fields.values)).map(([template, texts]) => {
    const own = Object.entries(recordOf(texts)).filter((each): each is [string, string] => typeof each[1] === 'string')
    return [template, Object.fromEntries(own)] as const
  })
  let state: FormState = {
    ...initialState,
    query: textOf(fields.query),
    category: textOf(fields.category),
    template: textOf(fields.template),
    values: Object.fromEntries(values),
  }
  for (const kind of optionKinds) {
    const { isOn, text } = recordOf(recordOf(fields.options)[kind])
    if (typeof text === 'string') state = withOption(state, kind, { isOn: isOn === true, text })
  }
  return state
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
