/** What the form of templates may send, and what a key binding may ask of it, field by field: nothing else is acted on. */
import type { Operation } from '../analyzers/bpftrace/compose/compose.ts'
import type { ParameterInputs, TemplateChoice } from '../analyzers/bpftrace/preview.ts'
import { type FromTemplates, formActions } from '../webviews/protocol/templates.ts'
import {
  anyOf,
  exactly,
  fieldsOf,
  isFlag,
  isNatural,
  isNumber,
  isText,
  listOf,
  oneOf,
  optional,
  recordOf,
  textUpTo,
} from './shapes.ts'

type Message<Type extends FromTemplates['type']> = Extract<FromTemplates, { type: Type }>
type Kind<Name extends Operation['kind']> = Extract<Operation, { kind: Name }>

const name = textUpTo(100)
const text = textUpTo(5000)
const parameters = recordOf<ParameterInputs[string]>(name, anyOf<ParameterInputs[string]>(text, isNumber, isFlag))

const operation = anyOf<Operation>(
  exactly<Kind<'filter'>>({ kind: oneOf('filter'), condition: text }),
  exactly<Kind<'time_limit'>>({ kind: oneOf('time_limit'), duration: text }),
  exactly<Kind<'series'>>({ kind: oneOf('series'), interval: text, maps: optional(listOf(text, 100)) }),
  exactly<Kind<'begin_text'>>({ kind: oneOf('begin_text'), text }),
  exactly<Kind<'end_text'>>({ kind: oneOf('end_text'), text }),
)
const operations = listOf(operation, 20)
const choice = exactly<TemplateChoice>({ template: name, parameters, operations })

const isMessage = anyOf<FromTemplates>(
  exactly<Message<'ready'>>({ type: oneOf('ready') }),
  exactly<Message<'retry'>>({ type: oneOf('retry') }),
  exactly<Message<'preview-wanted'>>({ type: oneOf('preview-wanted'), id: isNatural, choice }),
  exactly<Message<'values-wanted'>>({
    type: oneOf('values-wanted'),
    id: isNatural,
    template: name,
    parameter: name,
    text,
    parameters,
  }),
  exactly<Message<'use'>>({ type: oneOf('use'), action: oneOf(...formActions), id: isNatural, choice }),
  exactly<Message<'change-target'>>({ type: oneOf('change-target') }),
  exactly<Message<'bug'>>({ type: oneOf('bug'), message: isText }),
)

/** @throws on anything else. */
export function parseFromTemplates(message: unknown): FromTemplates {
  if (isMessage(message)) return message
  throw new Error(`the form sent something that is no message: ${JSON.stringify(message)?.slice(0, 200)}`)
}

export interface FormArguments {
  readonly template: string
  readonly parameters: ParameterInputs
}

const formArguments = fieldsOf<{ template: string; parameters: ParameterInputs | undefined }>({
  template: name,
  parameters: optional(parameters),
})

/** `args` of a key binding; undefined for none, and for what menus hand over. */
export function parseFormArguments(given: unknown): FormArguments | undefined {
  if (!formArguments(given)) return undefined
  return { template: given.template, parameters: given.parameters ?? {} }
}

export interface CompositionArguments {
  readonly operations: readonly Operation[]
  readonly template?: string
  readonly files: readonly string[]
}

const compositionArguments = fieldsOf<{
  operations: Operation[] | undefined
  template: string | undefined
  files: string[] | undefined
}>({
  operations: optional(operations),
  template: optional(name),
  files: optional(listOf(text, 20)),
})

/** The same for the commands that put programs together. */
export function parseCompositionArguments(given: unknown): CompositionArguments | undefined {
  if (!compositionArguments(given)) return undefined
  const { operations: wanted = [], files = [], template } = given
  if (wanted.length === 0 && files.length === 0 && !template) return undefined
  return { operations: wanted, files, ...(template !== undefined && { template }) }
}
