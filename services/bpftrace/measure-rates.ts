/**
 * Measures how often the probes of a program fire on this machine: runs a program that only counts them, for about a
 * second. Whether it may run is decided before; here it is started, bounded and stopped.
 */
import { spawn } from 'node:child_process'
import { type Counts, countingProgram, readCounts } from '../../analyzers/bpftrace/cost/counting-program.ts'
import { parseVersion } from '../../analyzers/bpftrace/version.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import type { BpftraceLocator, InstalledBpftrace } from './locate-bpftrace.ts'

export interface Measurement {
  readonly program: string
  run(options: MeasureOptions): Promise<Counts>
}

export interface MeasureOptions {
  readonly signal: AbortSignal
  /** Seconds since the start. */
  readonly progress?: (seconds: number) => void
  readonly timeoutMs?: number
}

export interface MeasureInput {
  readonly program: string
  readonly params: readonly string[]
  readonly seconds: number
}

const TIMEOUT_MS = 30_000
const GRACE_MS = 2_000
const MAX_OUTPUT = 1024 * 1024

/**
 * What would run; undefined when there is nothing to count.
 * @throws UserError when this machine has no bpftrace, or when this user may not trace.
 */
export async function prepareMeasurement(
  locator: BpftraceLocator,
  input: MeasureInput,
  user: number | undefined = process.getuid?.(),
): Promise<Measurement | undefined> {
  const installed = await locator.find()
  const version = installed === undefined ? undefined : parseVersion(installed.version)
  if (installed === undefined || version === undefined) {
    throw new UserError({
      code: 'BPFTRACE_MISSING',
      message: 'Rates cannot be measured: no bpftrace is installed on this machine',
      hint: 'Install bpftrace, or give the rates that you know as `rates`.',
    })
  }
  const counting = countingProgram(input.program, version, input.seconds)
  if (counting === undefined) return undefined
  if (user !== 0) {
    throw new UserError({
      code: 'PERMISSION',
      message: 'Rates cannot be measured: tracing needs root',
      hint: 'Run as root, or give the rates that you know as `rates`.',
    })
  }
  return {
    program: counting.program,
    async run(options) {
      const { output, errors } = await runBounded(installed, counting.program, input.params, options)
      const counts = readCounts(output, counting.points)
      if (counts !== undefined) return counts
      throw new UserError({
        code: 'MEASURE_FAILED',
        message: 'The counting program ended before it had counted: probably one of the probes does not attach here',
        hint: 'See `details.stderr`; give the rates that you know as `rates`.',
        details: { program: counting.program, stderr: errors },
      })
    },
  }
}

function runBounded(
  { path }: InstalledBpftrace,
  program: string,
  params: readonly string[],
  { signal, progress, timeoutMs = TIMEOUT_MS }: MeasureOptions,
): Promise<{ readonly output: string; readonly errors: string }> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const child = spawn(path, ['-f', 'json', '-e', program, ...params], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', BPFTRACE_COLOR: 'never', NO_COLOR: '1' },
      detached: true,
    })
    const started = performance.now()
    let output = ''
    let errors = ''
    let isLate = false
    const stop = (how: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, how)
      } catch {
        // It has ended by itself meanwhile.
      }
    }
    let forced: NodeJS.Timeout | undefined
    const end = () => {
      stop('SIGTERM')
      forced ??= setTimeout(() => stop('SIGKILL'), GRACE_MS)
    }
    const limit = setTimeout(() => {
      isLate = true
      end()
    }, timeoutMs)
    const ticker = setInterval(() => progress?.((performance.now() - started) / 1000), 500)
    signal.addEventListener('abort', end, { once: true })
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < MAX_OUTPUT) output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-8192)
    })
    const settle = () => {
      clearTimeout(limit)
      clearTimeout(forced)
      clearInterval(ticker)
      signal.removeEventListener('abort', end)
    }
    child.on('error', (error) => {
      settle()
      reject(error)
    })
    child.on('close', () => {
      settle()
      if (signal.aborted) reject(signal.reason)
      else if (isLate) reject(tooLate(timeoutMs, program))
      else resolve({ output, errors: complaints(errors) })
    })
  })
}

function tooLate(timeoutMs: number, program: string): UserError {
  return new UserError({
    code: 'TIMEOUT',
    message: `The probes were not attached and counted within ${timeoutMs / 1000} seconds`,
    hint: 'Name fewer probes than the wildcards match, or give the rates that you know as `rates`.',
    retryable: true,
    details: { program },
  })
}

/** Without what only the machine has to say. */
function complaints(errors: string): string {
  return errors
    .split('\n')
    .filter((line) => !/RLIMIT_MEMLOCK|available_filter_functions/.test(line))
    .join('\n')
    .trim()
}
