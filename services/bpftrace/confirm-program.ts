/**
 * Puts a program to the installed compiler without attaching or running anything. How to ask differs by version, and
 * some flags that only print in one version run the program in another: a version whose way is not known is not asked.
 */
import { spawn } from 'node:child_process'
import { atLeast, parseVersion } from '../../analyzers/bpftrace/version.ts'
import type { BpftraceLocator } from './locate-bpftrace.ts'

export type Confirmation =
  | { readonly asked: false; readonly reason: string }
  | { readonly asked: true; readonly version: string; readonly accepted: boolean; readonly output: string }

export interface ConfirmOptions {
  readonly unsafe: boolean
  readonly params: readonly string[]
  readonly signal: AbortSignal
}

/** Newest first. Each was tried with a real compiler of the range. */
const waysToAsk: readonly { readonly since: string; readonly flags: readonly string[] | undefined }[] = [
  { since: '0.26', flags: ['--mode', 'codegen'] },
  { since: '0.24', flags: undefined },
  { since: '0.22', flags: ['--test', 'codegen'] },
  { since: '0.18', flags: undefined },
  { since: '0.9', flags: ['-d'] },
]

const timeoutMs = 10_000
const maxOutput = 64 * 1024

export async function confirmProgram(
  locator: BpftraceLocator,
  program: string,
  options: ConfirmOptions,
): Promise<Confirmation> {
  const installed = await locator.find()
  if (installed === undefined) return { asked: false, reason: 'No bpftrace is installed.' }
  const version = parseVersion(installed.version)
  const way = version === undefined ? undefined : waysToAsk.find((each) => atLeast(version, each.since))
  if (way?.flags === undefined) {
    return { asked: false, reason: `bpftrace ${installed.version} has no known way to compile without running.` }
  }
  const args = [...way.flags, ...(options.unsafe ? ['--unsafe'] : []), '-', ...options.params]
  const { code, output } = await compile(installed.path, args, program, options.signal)
  if (code === undefined) return { asked: false, reason: 'The compiler did not answer in ten seconds.' }
  if (needsPrivileges(output)) return { asked: false, reason: 'The installed bpftrace compiles only for root.' }
  return { asked: true, version: installed.version, accepted: code === 0, output: complaints(output) }
}

function compile(
  file: string,
  args: readonly string[],
  program: string,
  signal: AbortSignal,
): Promise<{ readonly code: number | undefined; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['pipe', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', BPFTRACE_COLOR: 'never' },
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      signal,
    })
    let output = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(0, maxOutput)
    })
    // It may stop reading at the first error; what it says then is what counts.
    child.stdin.on('error', () => undefined).end(program)
    child.on('error', reject)
    child.on('close', (code, killedBy) => {
      resolve({ code: killedBy === 'SIGKILL' ? undefined : (code ?? 1), output })
    })
  })
}

function needsPrivileges(output: string): boolean {
  return /only supports running as the root user|requires? (root|CAP_)|missing capabilit/i.test(output)
}

/** Without what only the machine has to say. */
function complaints(output: string): string {
  return output
    .split('\n')
    .filter((line) => !/RLIMIT_MEMLOCK|bpf_iter__|traceable functions|available_filter_functions/.test(line))
    .join('\n')
    .trim()
}
