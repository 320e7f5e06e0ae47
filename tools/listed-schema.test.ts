import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { inputSchema, outputSchema } from './json-schema.ts'
import { listedInput, listedOutput } from './listed-schema.ts'
import { tools } from './registry.ts'

const namesOf = (schema: unknown) =>
  Object.keys(z.looseObject({ properties: z.looseObject({}) }).parse(schema).properties)

/** Some four characters of JSON are a token: the list has to stay below what this many characters cost. */
const budget = { listed: 85_000, readByModels: 48_000 }

test('the whole list stays within its budget', () => {
  const read = tools.map(
    (tool) => `${tool.name}${tool.description}${JSON.stringify(listedInput(tool, { readOnly: false }))}`,
  )
  const whole = tools.map((tool, at) => `${read[at]}${JSON.stringify(listedOutput(tool))}`)
  expect(read.join('').length).toBeLessThan(budget.readByModels)
  expect(whole.join('').length).toBeLessThan(budget.listed)
})

describe.each(tools.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  const input = listedInput(tool, { readOnly: false })

  test('lists a strict object whose arguments are described and known', () => {
    expect(input.additionalProperties).toBe(false)
    expect(input.required).toEqual(inputSchema(tool).required)
    for (const field of Object.values(z.looseObject({}).parse(input.properties))) {
      expect(field).toMatchObject({ description: expect.stringMatching(/\w{2}/) })
    }
    const unlisted = namesOf(inputSchema(tool)).filter((field) => !namesOf(input).includes(field))
    for (const field of unlisted) expect(namesOf(listedInput(printing(), { readOnly: false })), name).toContain(field)
  })

  test('lists the same result in fewer words', () => {
    const listed = JSON.stringify(listedOutput(tool))
    expect(listed.length).toBeLessThan(JSON.stringify(outputSchema(tool)).length)
    expect(namesOf(listedOutput(tool))).toEqual(namesOf(outputSchema(tool)))
    expect(withoutWords(spelledOut(listedOutput(tool)))).toEqual(withoutWords(outputSchema(tool)))
  })
})

test('what is needed on every view is listed on every view', () => {
  const views = tools.filter((tool) => 'tag_focus' in tool.input.shape && 'diff_base' in tool.input.shape)
  expect(views.length).toBeGreaterThan(8)
  for (const tool of views) {
    const needed = ['profile', 'type', 'sample_index', 'focus', 'ignore', 'hide', 'show', 'tag_focus', 'tag_ignore']
    expect(namesOf(listedInput(tool, { readOnly: false }))).toEqual(expect.arrayContaining([...needed, 'diff_base']))
  }
})

test('a long list of values is written out once', () => {
  const properties = z.looseObject({}).parse(listedInput(printing(), { readOnly: false }).properties)
  expect(properties.type).toMatchObject({ enum: expect.arrayContaining(['cpu', 'heap_delta']) })
  expect(properties.diff_base_type).toEqual({
    type: 'string',
    description: 'Member, when `diff_base` is a bundle; values as `type`',
  })
})

function printing() {
  const tool = tools.find(({ name }) => name === 'pprof.print')
  if (tool === undefined) throw new Error('pprof.print is the tool that lists all options')
  return tool
}

/** With every reference replaced by what it stands for. */
function spelledOut(schema: Readonly<Record<string, unknown>>): unknown {
  const { $defs, ...rest } = schema
  const definitions = z.record(z.string(), z.unknown()).parse($defs ?? {})
  const spell = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(spell)
    if (typeof value !== 'object' || value === null) return value
    if ('$ref' in value) return spell(definitions[String(value.$ref).replace('#/$defs/', '')])
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spell(item)]))
  }
  return spell(rest)
}

/** Types, values and required fields of a schema, without descriptions and bounds. */
function withoutWords(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutWords)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      if (key === 'properties' && typeof value === 'object') {
        const fields = Object.entries(value ?? {}).map(([name, field]) => [name, withoutWords(field)])
        return [[key, Object.fromEntries(fields)]]
      }
      const isWords = ['description', '$schema', 'maxItems', 'minItems', 'maxLength', 'minLength', 'propertyNames']
      return isWords.includes(key) ? [] : [[key, withoutWords(value)]]
    }),
  )
}
