/**
 * The built language server as a process of its own, spoken to over its standard streams as an editor does, and its
 * memory as the system counts it. Linux only.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { dist } from '../scripts/shared/paths.ts'

export interface ServerProcess {
  open(uri: string, text: string): Promise<void>
  /** Replaces a line, with its line end. */
  replaceLine(uri: string, line: number, text: string): Promise<void>
  diagnostics(uri: string): Promise<unknown>
  complete(uri: string, line: number, character: number): Promise<unknown>
  /** Megabytes of the process now, and the most that it ever had. */
  memory(): { readonly resident: number; readonly most: number }
  stop(): Promise<void>
}

export async function startServerProcess(): Promise<ServerProcess> {
  const child = spawn(process.execPath, [join(dist, 'language-server.js'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const connection: ProtocolConnection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
    items.map(() => ({ bpftrace: { version: '0.27' } })),
  )
  connection.onRequest('client/registerCapability', () => null)
  const ready = new Promise((resolve) => connection.onNotification('tracewright/status', resolve))
  connection.listen()
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { workspace: { configuration: true }, textDocument: { diagnostic: {}, completion: {} } },
  })
  await connection.sendNotification('initialized', {})
  await ready
  let version = 1
  return {
    open: (uri, text) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'bpftrace', version, text },
      }),
    replaceLine: (uri, line, text) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: ++version },
        contentChanges: [{ range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } }, text }],
      }),
    diagnostics: (uri) => connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }),
    complete: (uri, line, character) =>
      connection.sendRequest('textDocument/completion', { textDocument: { uri }, position: { line, character } }),
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      const megabytes = (field: string) => (Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024) / 1e6
      return { resident: megabytes('VmRSS'), most: megabytes('VmHWM') }
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
      await ended
      connection.dispose()
    },
  }
}
