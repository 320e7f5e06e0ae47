/**
 * A tool's schemas as `tools/list` shows them. A host hands that list to its model with every request, so it says the
 * same in fewer words: bounds that only the server has to check, descriptions of results and the special options of
 * views are left out. The whole schemas stay in the documentation, in `tracewright tools --json` and in the resource of
 * each tool, and a call is always held against those.
 */
import { inputSchema, isUnlisted, type ObjectSchema, outputSchema } from './json-schema.ts'
import type { Tool } from './tool.ts'

/** Facts that a caller learns from the error when it ever gets there. */
const checkedOnly = new Set(['$schema', 'minLength', 'maxLength', 'minItems', 'maxItems', 'propertyNames'])
/** A list of values as long as this is written out once. */
const longEnum = 8
/** A shape in a result as long as this is written out once. */
const longShape = 60

/** `readOnly`: as offered where nothing may change, without the argument that would make it write. */
export function listedInput(tool: Tool, { readOnly }: { readonly readOnly: boolean }): ObjectSchema {
  const whole = inputSchema(tool)
  const firstWith = new Map<string, string>()
  const properties: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(recordOf(whole.properties))) {
    if (readOnly && name === tool.writesOnlyWith) continue
    if (!tool.listsAllOptions && isUnlisted(tool, name)) continue
    const listed = recordOf(without(field, checkedOnly))
    const values = Array.isArray(listed.enum) && listed.enum.length > longEnum ? String(listed.enum) : undefined
    const first = values === undefined ? undefined : firstWith.get(values)
    if (values !== undefined && first === undefined) firstWith.set(values, name)
    properties[name] =
      first === undefined
        ? listed
        : { type: listed.type, description: `${String(listed.description)}; values as \`${first}\`` }
  }
  const { required, additionalProperties } = whole
  return { type: 'object', properties, ...(required === undefined ? {} : { required }), additionalProperties }
}

/** Without descriptions, and with the shapes that recur under `$defs`. */
export function listedOutput(tool: Tool): ObjectSchema {
  const plain = without(outputSchema(tool), new Set([...checkedOnly, 'description']))
  const seen = new Map<string, number>()
  countShapes(plain, seen)
  const names = new Map<string, string>()
  const definitions: Record<string, unknown> = {}
  const shorten = (value: unknown, isRoot: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => shorten(item, false))
    if (typeof value !== 'object' || value === null) return value
    const text = JSON.stringify(value)
    const inside = () =>
      Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shorten(item, false)] as const))
    if (isRoot || !isLongShape(text) || (seen.get(text) ?? 0) < 2) return inside()
    const known = names.get(text)
    const name = known ?? `s${names.size + 1}`
    if (known === undefined) {
      names.set(text, name)
      definitions[name] = inside()
    }
    return { $ref: `#/$defs/${name}` }
  }
  const schema = recordOf(shorten(plain, true))
  return { ...schema, type: 'object', ...(names.size === 0 ? {} : { $defs: definitions }) }
}

function isLongShape(text: string): boolean {
  return text.length >= longShape && text.startsWith('{"type":')
}

function countShapes(value: unknown, seen: Map<string, number>): void {
  if (typeof value !== 'object' || value === null) return
  const text = JSON.stringify(value)
  const times = (seen.get(text) ?? 0) + 1
  seen.set(text, times)
  // What lies inside a shape that recurs is written out with it once.
  if (times > 1 && isLongShape(text)) return
  for (const item of Object.values(value)) countShapes(item, seen)
}

/** A schema without these keywords; fields of results may have the same names, so those of `properties` are kept. */
function without(schema: unknown, keywords: ReadonlySet<string>): unknown {
  if (Array.isArray(schema)) return schema.map((each) => without(each, keywords))
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !keywords.has(keyword))
      .map(([keyword, value]) => {
        if (keyword === 'default' || keyword === 'enum' || keyword === 'const') return [keyword, value]
        if (keyword !== 'properties') return [keyword, without(value, keywords)]
        const fields = Object.entries(recordOf(value)).map(([name, field]) => [name, without(field, keywords)])
        return [keyword, Object.fromEntries(fields)]
      }),
  )
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
