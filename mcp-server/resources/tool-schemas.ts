/** `tracewright://tools/<name>`: the whole schemas of a tool, which the list of tools shortens. */
import { inputSchema, outputSchema } from '../../tools/json-schema.ts'
import { findTool, tools } from '../../tools/registry.ts'
import { namesLike, type ResourceKind, restOf } from './resource-kind.ts'

const root = 'tracewright://tools/'
const json = 'application/json'
const names = tools.map(({ name }) => name)

export const toolSchemas: ResourceKind = {
  template: {
    uriTemplate: `${root}{name}`,
    name: 'tool-schemas',
    title: 'Tracewright: one tool',
    description: 'Every argument and every field of the result, described',
    mimeType: json,
  },
  read: async (uri) => {
    const name = restOf(uri, root)
    const tool = name === undefined ? undefined : findTool(name)
    if (tool === undefined) return undefined
    const { title, description } = tool
    const whole = {
      name: tool.name,
      title,
      description,
      inputSchema: inputSchema(tool),
      outputSchema: outputSchema(tool),
    }
    return { mimeType: json, text: `${JSON.stringify(whole, null, 2)}\n` }
  },
  complete: async (_, typed) => namesLike(names, typed),
}
