/** A template as plain data, for whoever lists templates or makes a form of one: tools, the editor, a webview. */
import { type Category, categoryOf } from './categories.ts'
import type { Parameter, ParameterType } from './parameters.ts'
import { parametersOf } from './render.ts'
import type { Template } from './template.ts'

export interface ParameterDescription {
  readonly name: string
  readonly type: ParameterType
  readonly description: string
  readonly required: boolean
  readonly default?: string | number | boolean
  readonly choices?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  /** What a value looks like, where there is no default. */
  readonly example?: string | number
}

export interface TemplateDescription {
  readonly name: string
  readonly title: string
  readonly question: string
  readonly category: Category
  readonly tags: readonly string[]
  readonly since: string
  readonly parameters: readonly ParameterDescription[]
}

export function describeTemplate(template: Template): TemplateDescription {
  const { name, title, question, tags, since } = template
  const parameters = Object.entries(parametersOf(template)).map(([key, parameter]) => describe(key, parameter))
  return { name, title, question, category: categoryOf(template) ?? 'Any event', tags, since, parameters }
}

function describe(name: string, parameter: Parameter<unknown>): ParameterDescription {
  const { type, description, required, choices, minimum, maximum, example } = parameter
  return {
    name,
    type,
    description,
    required,
    ...(parameter.default === undefined ? {} : { default: parameter.default }),
    ...(choices === undefined ? {} : { choices }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(example === undefined ? {} : { example }),
  }
}
