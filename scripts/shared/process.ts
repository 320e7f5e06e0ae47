/**
 * Starting other programs from the development scripts: always an argument array, never a shell string. Each runs in
 * a process group of its own so that one call ends it with everything that it started.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { bin, root } from './paths.ts'

export interface Finished {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Both streams in the order in which they came. */
  readonly output: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly input?: string
  readonly timeoutMs?: number
  /** Called with each piece of output as it comes. */
  readonly onOutput?: (text: string) => void
}

/** Our tools and our Node come first, whatever the machine has. */
export function environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const path = [bin, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter)
  return { ...process.env, PATH: path, ...extra }
}

const alive = new Set<ChildProcess>()

/** Starts a program that goes on running; it ends with us, however we end. */
export function start(file: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(file, args, { cwd: root, env: environment(), detached: process.platform !== 'win32', ...options })
  alive.add(child)
  child.on('exit', () => alive.delete(child))
  return child
}

/** Runs a program to its end and returns what it printed; a non-zero exit is a result, a missing program an error. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const env = environment(options.env)
    const child = start(file, args, { cwd: options.cwd ?? root, env, stdio: ['pipe', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      output += text
      options.onOutput?.(text)
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      output += text
      options.onOutput?.(text)
    })
    const timer = options.timeoutMs && setTimeout(() => stop(child, 'SIGKILL'), options.timeoutMs)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (timer) clearTimeout(timer)
      const killed = signal ? `\n${file} was ended by ${signal}\n` : ''
      resolve({ code: code ?? 1, stdout, stderr: stderr + killed, output: output + killed })
    })
    // A program that ends before reading all of its input is no fault of ours.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(options.input ?? '')
  })
}

/** As `run`, but a non-zero exit is an error that carries the end of the output. */
export async function mustRun(file: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const finished = await run(file, args, options)
  if (finished.code === 0) return finished
  const tail = finished.output.trimEnd().split('\n').slice(-30).join('\n')
  throw new Error(`\`${[file, ...args].join(' ')}\` ended with code ${finished.code}\n${tail}`)
}

/** Signals a program and all that it started. */
export function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch (error) {
    // It ended in the meantime.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Asks a program to end, and after `graceMs` makes it. */
export async function stopAndWait(child: ChildProcess, graceMs = 3000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  stop(child)
  const timer = setTimeout(() => stop(child, 'SIGKILL'), graceMs)
  await ended
  clearTimeout(timer)
}

process.on('exit', () => {
  for (const child of alive) stop(child, 'SIGKILL')
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, async () => {
    await Promise.all([...alive].map((child) => stopAndWait(child)))
    // Whoever listens too has more to do before the end.
    if (process.listenerCount(signal) === 0) process.exit(130)
  })
}
