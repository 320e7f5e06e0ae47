/** `tracewright mcp`: the MCP server, over stdio unless asked otherwise. */

import type { ServerOptions } from '../../mcp-server/server.ts'
import { serveStdio } from '../../mcp-server/stdio.ts'
import { warmUpWhenIdle } from '../../mcp-server/warm-up-when-idle.ts'
import manifest from '../../package.json' with { type: 'json' }
import { createContext } from '../../tools/create-context.ts'
import { toolsets } from '../../tools/registry.ts'
import { type Command, exitCode, type Io, parseOptions, requireOneOf, UsageError } from '../command.ts'

const command: Command = {
  name: 'mcp',
  usage:
    '[--transport stdio|http] [--port N] [--toolsets a,b] [--tool-names underscore|dotted] [--read-only] [--base-dir DIR]',
  summary: 'Serve the tools to an agent (Model Context Protocol)',
  options: [
    ['--transport T', 'stdio (default), or http on 127.0.0.1'],
    ['--port N', 'Port for http; a free one otherwise'],
    ['--toolsets a,b', `Only these: ${toolsets.join(', ')}`],
    ['--tool-names S', 'underscore (default) or dotted names in the list; calls accept both'],
    ['--read-only', 'Only tools that change nothing'],
    ['--base-dir DIR', 'Only accept paths inside DIR'],
  ],
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      transport: { type: 'string', default: 'stdio' },
      port: { type: 'string', default: '0' },
      toolsets: { type: 'string' },
      'tool-names': { type: 'string', default: 'underscore' },
      'read-only': { type: 'boolean', default: false },
      'base-dir': { type: 'string' },
    })
    if (positionals.length > 0) throw new UsageError(`'${positionals[0]}' is too much here`)
    const transport = requireOneOf(values.transport, ['stdio', 'http'], '--transport')
    const port = parsePort(values.port)
    const options: ServerOptions = {
      context: createContext({ baseDir: values['base-dir'], readOnly: values['read-only'] }),
      version: manifest.version,
      nameStyle: requireOneOf(values['tool-names'], ['underscore', 'dotted'], '--tool-names'),
      toolsets: values.toolsets === undefined ? undefined : parseToolsets(values.toolsets),
      readOnly: values['read-only'],
    }
    if (transport === 'http') await serveUntilInterrupted(options, port, io)
    else await serveStdio(options, io.signal)
    await options.context.library.close()
    return exitCode.ok
  },
}
export default command

async function serveUntilInterrupted(options: ServerOptions, port: number, io: Io): Promise<void> {
  // The HTTP stack costs as much to load as the rest of the server: only who asks for it pays.
  const { serveHttp } = await import('../../mcp-server/http.ts')
  const server = await serveHttp(options, port)
  io.error(`Tracewright listens at ${server.url}\n`)
  // What is under way is not known here: a request waits for one piece at most.
  if (options.toolsets?.includes('pprof') !== false) void warmUpWhenIdle(options.context, () => false, io.signal)
  await new Promise<void>((resolve) => {
    if (io.signal.aborted) resolve()
    io.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await server.close()
}

function parseToolsets(text: string): readonly string[] {
  const wanted = text.split(',').map((name) => name.trim())
  for (const name of wanted) requireOneOf(name, toolsets, '--toolsets')
  return wanted
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port is a number up to 65535, not '${text}'`)
  return port
}
