import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { registrySource, toolFiles } from '../scripts/generate-registry.ts'
import { inputSchema } from './json-schema.ts'
import { displayName, findTool, tools } from './registry.ts'

test('the generated registry is what the folder listing says', () => {
  const committed = readFileSync(path.join(import.meta.dirname, 'registry.generated.ts'), 'utf8')
  expect(committed).toBe(registrySource())
})

test('a tool is named by its folder and file', () => {
  const fromFiles = toolFiles().map((file) => file.replace(/\.ts$/, '').replaceAll('/', '.').replaceAll('-', '_'))
  expect(tools.map((tool) => tool.name).sort()).toEqual(fromFiles.sort())
})

describe.each(tools.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  test('is found under each spelling and shown under a portable one', () => {
    expect(findTool(name)).toBe(tool)
    expect(findTool(displayName(tool, 'underscore'))).toBe(tool)
    expect(displayName(tool, 'underscore')).toMatch(/^[a-z0-9_]{1,40}$/)
  })

  test('has a title, a bounded description and its own toolset', () => {
    expect(tool.title).toMatch(/^[A-Z]/)
    expect(tool.description.length).toBeGreaterThan(20)
    expect(tool.description.split(/[.!?](?:\s|$)/).filter((sentence) => sentence.trim() !== '').length).toBeLessThan(4)
    expect(name.startsWith(`${tool.toolset}.`)).toBe(true)
  })

  test('costs a model little: every host sends description and input schema with each request', () => {
    const text = `${tool.description}${JSON.stringify(inputSchema(tool))}`
    expect(text.length).toBeLessThan(6000)
  })

  test('takes a strict object and both schemas become JSON Schema, every field described', () => {
    const input = z.toJSONSchema(tool.input, { io: 'input' })
    const output = z.toJSONSchema(tool.output, { io: 'output' })
    expect(input.additionalProperties).toBe(false)
    for (const [field, schema] of Object.entries(input.properties ?? {})) {
      expect(schema, `${name} input ${field}`).toHaveProperty('description')
    }
    for (const [field, schema] of Object.entries(output.properties ?? {})) {
      expect(schema, `${name} output ${field}`).toHaveProperty('description')
    }
  })
})
