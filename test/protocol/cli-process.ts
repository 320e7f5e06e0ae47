/** Runs the built command as a user does: `node dist/cli.js …`, with its own store. */
import { spawn } from 'node:child_process'
import path from 'node:path'

export const cliFile = path.join(import.meta.dirname, '..', '..', 'dist', 'cli.js')

export interface Finished {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

export interface RunOptions {
  readonly home?: string
  readonly input?: string | Uint8Array
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string>>
}

export function startCli(args: readonly string[], options: RunOptions = {}) {
  const home = options.home === undefined ? {} : { TRACEWRIGHT_HOME: options.home }
  return spawn(process.execPath, [cliFile, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...home, ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

export function runCli(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = startCli(args, options)
  let out = ''
  let error = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text
  })
  // A command that does not read its input may be gone before all of it is written.
  child.stdin.on('error', () => undefined).end(options.input ?? '')
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, error }))
  })
}
