/** `tracewright tools`: what the registry holds. */
import { annotationsOf } from '../../tools/annotations.ts'
import { inputSchema, outputSchema } from '../../tools/json-schema.ts'
import { tools } from '../../tools/registry.ts'
import { type Command, exitCode, parseOptions, UsageError } from '../command.ts'

const command: Command = {
  name: 'tools',
  usage: '[--json]',
  summary: 'List the tools; --json adds their schemas',
  options: [['--json', 'Names, descriptions, schemas and annotations as JSON']],
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { json: { type: 'boolean', default: false } })
    if (positionals.length > 0) throw new UsageError(`'${positionals[0]}' is too much here`)
    if (values.json) await io.out(`${JSON.stringify({ tools: tools.map(describe) }, null, 2)}\n`)
    else {
      const width = Math.max(...tools.map((tool) => tool.name.length))
      for (const tool of tools) await io.out(`${tool.name.padEnd(width)}  ${tool.title}\n`)
    }
    return exitCode.ok
  },
}
export default command

function describe(tool: (typeof tools)[number]) {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    kind: tool.kind,
    toolset: tool.toolset,
    annotations: annotationsOf(tool),
    inputSchema: inputSchema(tool),
    outputSchema: outputSchema(tool),
  }
}
