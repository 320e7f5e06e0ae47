/** `tracewright call`: any tool of the registry, its result as JSON on stdout. */
import { callTool } from '../../tools/call-tool.ts'
import { createContext } from '../../tools/create-context.ts'
import { findTool, suggestTools } from '../../tools/registry.ts'
import type { Tool } from '../../tools/tool.ts'
import { toToolError } from '../../tools/tool-error.ts'
import { type Command, exitCode, type Io, parseOptions, readAll, UsageError } from '../command.ts'
import { showProgress } from '../progress-line.ts'

const command: Command = {
  name: 'call',
  usage: 'TOOL [JSON | -]',
  summary: 'Run one tool with a JSON object as its input (- reads it from standard input)',
  options: [
    ['--base-dir DIR', 'Only accept paths inside DIR'],
    ['--yes', 'Approve, as a person, what the tool has to run'],
  ],
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { 'base-dir': { type: 'string' }, yes: { type: 'boolean' } })
    const [name, text = '{}', ...more] = positionals
    if (name === undefined) throw new UsageError('Which tool?')
    if (more.length > 0) throw new UsageError('The input is one JSON object: put it in quotes')
    const tool = requireTool(name)
    const input = parseInput(text === '-' ? await readAll(io) : text)
    return run(tool, input, { baseDir: values['base-dir'], yes: values.yes ?? false }, io)
  },
}
export default command

interface CallOptions {
  readonly baseDir: string | undefined
  /** A person's approval, given beforehand. */
  readonly yes: boolean
}

async function run(tool: Tool, input: unknown, { baseDir, yes }: CallOptions, io: Io): Promise<number> {
  const line = showProgress(io)
  const context = createContext({ baseDir })
  try {
    const { result } = await callTool(context, tool, input, {
      signal: io.signal,
      progress: line.report,
      ...(yes ? { approve: async () => true } : {}),
    })
    line.clear()
    await io.out(format(result, io))
    return exitCode.ok
  } catch (thrown) {
    line.clear()
    const { error, isBug } = toToolError(thrown)
    if (isBug) io.error(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`)
    await io.out(format(error, io))
    return io.signal.aborted ? exitCode.interrupted : exitCode.failed
  } finally {
    await context.library.close()
  }
}

function requireTool(name: string): Tool {
  const tool = findTool(name)
  if (tool !== undefined) return tool
  const near = suggestTools(name).map((each) => each.name)
  const hint = near.length > 0 ? `; did you mean ${near.join(', ')}?` : "; 'tracewright tools' lists them"
  throw new UsageError(`There is no tool '${name}'${hint}`)
}

function parseInput(text: string): unknown {
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`The input is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError('The input is not a JSON object')
  }
  return input
}

function format(value: object, io: Io): string {
  return `${JSON.stringify(value, null, io.isTerminal ? 2 : undefined)}\n`
}
