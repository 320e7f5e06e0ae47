/**
 * The built MCP server as a process of its own, spoken to over its standard streams as a host does, with what each call
 * takes on the clock and of all its threads. The streams are read by hand: a client library's own work would be measured
 * with the answers. Linux only.
 */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dist } from '../scripts/shared/paths.ts'

export interface MeasuredCall {
  readonly wallMs: number
  /** Of all threads, helpers of the engine included. */
  readonly cpuMs: number
  /** The text of the error, where it is one. */
  readonly error: string | undefined
}

export interface McpProcess {
  call(tool: string, input: object): Promise<MeasuredCall>
  /** Of all threads, since the start. */
  cpuMs(): number
  /** Megabytes in memory now. */
  resident(): number
  stop(): Promise<void>
}

interface Answer {
  readonly id?: number
  readonly error?: { readonly message: string }
  readonly result?: { readonly isError?: boolean; readonly content?: readonly { readonly text: string }[] }
}

/** `home`: the store; `execArgv`: options of Node, e.g. for profiling. */
export async function startMcpProcess(home: string, execArgv: readonly string[] = []): Promise<McpProcess> {
  const child = spawn(process.execPath, [...execArgv, join(dist, 'cli.js'), 'mcp'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TRACEWRIGHT_HOME: home },
  })
  const waiting = new Map<number, (line: string) => void>()
  let id = 0
  let pieces: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => {
    if (piece.at(-1) !== 10) {
      pieces.push(piece)
      return
    }
    const text = Buffer.concat([...pieces, piece]).toString()
    pieces = []
    for (const line of text.trimEnd().split('\n')) {
      const number = Number(/"id":(\d+)\}?$|"jsonrpc":"2.0","id":(\d+)/.exec(line)?.slice(1).find(Boolean))
      waiting.get(number)?.(line)
      waiting.delete(number)
    }
  })
  const request = (method: string, params: object): Promise<string> => {
    id += 1
    const answer = new Promise<string>((resolve) => waiting.set(id, resolve))
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
    return answer
  }
  const clientInfo = { name: 'bench', version: '1' }
  await request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo })
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`)
  return {
    async call(tool, input) {
      const cpu = cpuMs(child.pid)
      const started = performance.now()
      const line = await request('tools/call', { name: tool.replace('.', '_'), arguments: input })
      const wallMs = performance.now() - started
      const answer: Answer = JSON.parse(line)
      const error = answer.error?.message ?? (answer.result?.isError ? answer.result.content?.[0]?.text : undefined)
      return { wallMs, cpuMs: cpuMs(child.pid) - cpu, error }
    },
    cpuMs: () => cpuMs(child.pid),
    resident: () =>
      (Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024) / 1e6,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.stdin.end()
      await ended
    },
  }
}

/** To the nanosecond, where /proc/PID/stat counts in hundredths of a second. */
function cpuMs(pid: number | undefined): number {
  const folder = `/proc/${pid}/task`
  const ofThreads = readdirSync(folder).map((thread) => {
    return Number(readFileSync(join(folder, thread, 'schedstat'), 'utf8').split(' ')[0])
  })
  return ofThreads.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6
}
