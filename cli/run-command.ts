/**
 * From the words of a command line to an exit code: finds the command, runs it, turns what it throws into a message and
 * an exit code. Commands are loaded when they are used, so that a check does not wait for a server's modules.
 */
import { UserError } from '../analyzers/shared/user-error.ts'
import manifest from '../package.json' with { type: 'json' }
import { type Command, exitCode, type Io, UsageError } from './command.ts'

/** In the order of the help. */
const commands: Readonly<Record<string, () => Promise<{ readonly default: Command }>>> = {
  check: () => import('./commands/check.ts'),
  format: () => import('./commands/format.ts'),
  report: () => import('./commands/report.ts'),
  flamegraph: () => import('./commands/flamegraph.ts'),
  call: () => import('./commands/call.ts'),
  tools: () => import('./commands/tools.ts'),
  mcp: () => import('./commands/mcp.ts'),
  lsp: () => import('./commands/lsp.ts'),
}

export async function runCommand(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args
  try {
    if (name === undefined) throw new UsageError('Which command?')
    if (name === '--version' || name === '-V') {
      await io.out(`${manifest.version}\n`)
      return exitCode.ok
    }
    const asksHelp = name === '--help' || name === '-h' || name === 'help'
    const [topic] = rest
    if (asksHelp && topic === undefined) {
      await io.out(await help())
      return exitCode.ok
    }
    const command = await requireCommand(asksHelp ? (topic ?? name) : name)
    if (asksHelp || wantsHelp(rest)) {
      await io.out(commandHelp(command))
      return exitCode.ok
    }
    return await command.run(rest, io)
  } catch (error) {
    return report(error, io, name !== undefined && Object.hasOwn(commands, name) ? `${name} ` : '')
  }
}

async function requireCommand(name: string): Promise<Command> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load === undefined) throw new UsageError(`There is no command '${name}'`)
  return (await load()).default
}

function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h')
}

/** All commands in the order of the help. */
export function loadCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(commands).map(async (load) => (await load()).default))
}

async function help(): Promise<string> {
  const loaded = await loadCommands()
  const width = Math.max(...loaded.map((command) => command.name.length))
  return [
    'Usage: tracewright COMMAND …',
    '',
    'Checks bpftrace programs and reads pprof profiles.',
    '',
    ...loaded.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    "'tracewright COMMAND --help' says more; 'tracewright --version' prints the version.",
    '',
  ].join('\n')
}

function commandHelp(command: Command): string {
  const options = command.options ?? []
  const width = Math.max(0, ...options.map(([option]) => option.length))
  return [
    `Usage: tracewright ${command.name} ${command.usage}`,
    '',
    command.summary,
    ...(options.length > 0 ? ['', ...options.map(([option, text]) => `  ${option.padEnd(width)}  ${text}`)] : []),
    '',
  ].join('\n')
}

function report(error: unknown, io: Io, command: string): number {
  if (error instanceof UsageError) {
    io.error(`tracewright: ${error.message}\nSee 'tracewright ${command}--help'.\n`)
    return exitCode.usage
  }
  if (error instanceof UserError) {
    io.error(`tracewright: ${error.message}${error.hint ? `\n${error.hint}` : ''}\n`)
    return exitCode.failed
  }
  if (io.signal.aborted) return exitCode.interrupted
  io.error(`tracewright: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return exitCode.failed
}
