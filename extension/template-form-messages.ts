/** What the form of templates may send, and what a key binding may ask of it, as schemas: nothing else is acted on. */
import { z } from 'zod'
import { type FromTemplates, formActions } from '../webviews/protocol/templates.ts'

const name = z.string().max(100)
const text = z.string().max(5000)
const parameters = z.record(name, z.union([text, z.number(), z.boolean()]))

const operation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('filter'), condition: text }),
  z.strictObject({ kind: z.literal('time_limit'), duration: text }),
  z.strictObject({ kind: z.literal('series'), interval: text, maps: z.array(text).max(100).optional() }),
  z.strictObject({ kind: z.literal('begin_text'), text }),
  z.strictObject({ kind: z.literal('end_text'), text }),
])

const choice = z.strictObject({ template: name, parameters, operations: z.array(operation).max(20) })
const id = z.int().min(0)

const schema: z.ZodType<FromTemplates> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('retry') }),
  z.strictObject({ type: z.literal('preview-wanted'), id, choice }),
  z.strictObject({ type: z.literal('values-wanted'), id, template: name, parameter: name, text, parameters }),
  z.strictObject({ type: z.literal('use'), action: z.enum(formActions), id, choice }),
  z.strictObject({ type: z.literal('change-target') }),
  z.strictObject({ type: z.literal('bug'), message: z.string() }),
])

/** @throws ZodError on anything else. */
export function parseFromTemplates(message: unknown): FromTemplates {
  return schema.parse(message)
}

const formArguments = z.object({ template: name, parameters: parameters.default({}) })
export type FormArguments = z.output<typeof formArguments>

/** `args` of a key binding; undefined for none, and for what menus hand over. */
export function parseFormArguments(given: unknown): FormArguments | undefined {
  const parsed = formArguments.safeParse(given)
  return parsed.success ? parsed.data : undefined
}

const compositionArguments = z.object({
  operations: z.array(operation).max(20).default([]),
  template: name.optional(),
  files: z.array(text).max(20).default([]),
})
export type CompositionArguments = z.output<typeof compositionArguments>

/** The same for the commands that put programs together. */
export function parseCompositionArguments(given: unknown): CompositionArguments | undefined {
  const parsed = compositionArguments.safeParse(given)
  const asksNothing = parsed.data?.operations.length === 0 && parsed.data.files.length === 0 && !parsed.data.template
  return parsed.success && !asksNothing ? parsed.data : undefined
}
