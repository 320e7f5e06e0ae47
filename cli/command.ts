/** What a command of the command line is. One file per command under `commands/`; `main.ts` lists them. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { describeErrno, isErrno } from '../services/paths/path-policy.ts'

export interface Command {
  readonly name: string
  /** After the name: `[--json]`. */
  readonly usage: string
  readonly summary: string
  /** Lines for `tracewright NAME --help`. */
  readonly options?: readonly (readonly [string, string])[]
  /** Gives the exit code. @throws UsageError, UserError */
  run(args: readonly string[], io: Io): Promise<number>
}

/** The world of a command, so that tests can give their own. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>
  /** Resolves when the text has been handed on, so that a slow reader slows us down. */
  out(text: string): Promise<void>
  error(text: string): void
  /** A person reads what goes out. */
  readonly isTerminal: boolean
  /** A person reads what goes to stderr, and its last line may change. */
  readonly showsProgress: boolean
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

export const exitCode = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const

/** The command line itself is wrong: told on stderr, exit code 2. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>

/** `parseArgs`, strict, with its complaints as usage errors. */
export function parseOptions<const T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

export function requireOneOf<const T extends string>(value: string, known: readonly T[], option: string): T {
  const found = known.find((each) => each === value)
  if (found === undefined) throw new UsageError(`${option} is one of ${known.join(', ')}, not '${value}'`)
  return found
}

/** All of stdin as text. */
export async function readAll(io: Io, limit = 64 * 1024 * 1024): Promise<string> {
  const decoder = new TextDecoder()
  const parts: string[] = []
  let length = 0
  try {
    for await (const chunk of io.stdin) {
      length += chunk.length
      if (length > limit) throw new UsageError(`More than ${limit} bytes on standard input`)
      parts.push(decoder.decode(chunk, { stream: true }))
    }
  } catch (error) {
    if (!isErrno(error, 'EIO', 'EAGAIN', 'EBADF')) throw error
    throw new UsageError(`Standard input cannot be read: ${describeErrno(error)}`, { cause: error })
  }
  parts.push(decoder.decode())
  return parts.join('')
}
