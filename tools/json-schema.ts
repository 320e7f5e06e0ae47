/** JSON Schema of a tool's input and output, for MCP, `tracewright tools --json` and the documentation. */
import { z } from 'zod'
import type { Tool } from './tool.ts'

export interface ObjectSchema {
  readonly type: 'object'
  readonly [keyword: string]: unknown
}

/**
 * Draft 7, which every client's validator knows. Both in the form of an input: a field with a default may be left out,
 * and a result may have more fields than an older client knows.
 */
export function inputSchema(tool: Tool): ObjectSchema {
  return convert(tool.input)
}

export function outputSchema(tool: Tool): ObjectSchema {
  return convert(tool.output)
}

/** Whether the list of tools leaves this argument to the tool that lists all options (`pprof.print`). */
export function isUnlisted(tool: Tool, field: string): boolean {
  return tool.input.shape[field]?.meta()?.unlisted === true
}

/** A server over HTTP lists the tools once for each session. */
const converted = new WeakMap<z.ZodObject, ObjectSchema>()

function convert(schema: z.ZodObject): ObjectSchema {
  const known = converted.get(schema)
  if (known !== undefined) return known
  const json = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    override({ jsonSchema }) {
      // The bounds of every safe integer say nothing and cost tokens.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
      delete jsonSchema.unlisted
    },
  })
  const made: ObjectSchema = { ...json, type: 'object' }
  converted.set(schema, made)
  return made
}
