/**
 * MCP over stdin and stdout. Nothing but JSON-RPC goes to stdout, whatever some module prints; a closed pipe on either
 * side ends the process, after the answers that are under way had a moment to leave.
 */
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { createServer, type ServerOptions } from './server.ts'
import { warmUpWhenIdle } from './warm-up-when-idle.ts'

/** How long answers may still take once the client has closed its side. */
const lastWordsMs = 5000

/** Resolves when the client is gone, or the process is told to end. */
export async function serveStdio(options: ServerOptions, signal: AbortSignal): Promise<void> {
  keepStdoutClean()
  const server = createServer(options)
  const transport = new StdioServerTransport()
  const open = trackOpenRequests(transport)
  server.onerror = (error) => console.error(`tracewright: ${error.message}`)

  const gone = new Promise<void>((resolve) => {
    process.stdout.on('error', () => resolve())
    process.stdin.on('end', () => open.whenNone(lastWordsMs).then(resolve))
    process.stdin.on('close', () => open.whenNone(lastWordsMs).then(resolve))
    server.onclose = () => resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  const ending = new AbortController()
  server.oninitialized = () => {
    if (options.toolsets?.includes('pprof') === false) return
    void warmUpWhenIdle(options.context, open.areSome, ending.signal)
  }
  await server.connect(transport)
  open.start()
  await gone
  ending.abort()
  await server.close()
}

function keepStdoutClean(): void {
  console.log = console.error
  console.info = console.error
  console.debug = console.error
}

/** Counts requests that have no answer yet, by watching what passes the transport. */
function trackOpenRequests(transport: StdioServerTransport) {
  const waiting = new Set<string | number>()
  let whenEmpty: (() => void) | undefined
  const answered = (id: string | number) => {
    waiting.delete(id)
    if (waiting.size === 0) whenEmpty?.()
  }
  return {
    /** Call it when the server is connected: it is the one that set the handlers. */
    start() {
      const receive = transport.onmessage
      transport.onmessage = (message) => {
        if ('id' in message && 'method' in message) waiting.add(message.id)
        if ('method' in message && message.method === 'notifications/cancelled') {
          const id = message.params?.requestId
          if (typeof id === 'string' || typeof id === 'number') answered(id)
        }
        receive?.(message)
      }
      const send = transport.send.bind(transport)
      transport.send = async (message) => {
        await send(message)
        if ('id' in message && !('method' in message) && message.id !== undefined) answered(message.id)
      }
    },
    areSome: () => waiting.size > 0,
    whenNone(atMostMs: number): Promise<void> {
      if (waiting.size === 0) return Promise.resolve()
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, atMostMs)
        whenEmpty = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    },
  }
}
