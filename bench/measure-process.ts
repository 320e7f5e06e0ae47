/**
 * CPU time and peak memory of another process, read from /proc while it runs: the same way for us and for a peer, whatever
 * language it is written in. Linux only.
 */
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Measured {
  readonly cpuSeconds: number
  readonly peakBytes: number
  readonly output: string
}

const POLL_MS = 10

export async function measureProcess(command: string, args: readonly string[]): Promise<Measured> {
  const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  let cpuTicks = 0
  let peakBytes = 0
  const poll = setInterval(() => {
    const reading = child.pid === undefined ? undefined : readProcess(child.pid)
    cpuTicks = Math.max(cpuTicks, reading?.cpuTicks ?? 0)
    peakBytes = Math.max(peakBytes, reading?.peakBytes ?? 0)
  }, POLL_MS)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  }).finally(() => clearInterval(poll))
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with code ${code}`)
  return { cpuSeconds: cpuTicks / ticks, peakBytes, output }
}

function readProcess(pid: number): { cpuTicks: number; peakBytes: number } | undefined {
  try {
    // The name in field 2 may hold spaces and parentheses; what follows the last ")" starts with field 3.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return { cpuTicks: Number(fields[11]) + Number(fields[12]), peakBytes: Number(peak?.[1] ?? 0) * 1024 }
  } catch {
    // It has just ended.
    return undefined
  }
}
