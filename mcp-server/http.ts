/**
 * MCP over streamable HTTP, for clients on this machine only: bound to the loopback address, with the Host and Origin of
 * every request checked, so that no web page reaches it through a name that resolves here.
 */
import { randomUUID } from 'node:crypto'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { UserError } from '../analyzers/shared/user-error.ts'
import { createServer, type ServerOptions } from './server.ts'

export interface HttpServer {
  readonly url: string
  close(): Promise<void>
}

interface Session {
  readonly server: Server
  readonly transport: StreamableHTTPServerTransport
  lastSeen: number
}

/** A client that vanished never says so. */
const idleMs = 30 * 60_000
const maxSessions = 100
const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

export async function serveHttp(options: ServerOptions, port: number): Promise<HttpServer> {
  const sessions = new Map<string, Session>()
  const http = createHttpServer((request, response) => {
    handle(options, sessions, request, response).catch((error: unknown) => {
      console.error('tracewright: an HTTP request failed:', error)
      if (!response.headersSent) refuse(response, 500, 'The request failed')
    })
  })
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error) => reject(portError(error, port)))
    http.listen(port, '127.0.0.1', resolve)
  })
  const reaper = setInterval(() => reap(sessions, Date.now() - idleMs), 60_000)
  reaper.unref()
  return {
    url: `http://127.0.0.1:${portOf(http.address())}/mcp`,
    async close() {
      clearInterval(reaper)
      await Promise.all([...sessions.values()].map(({ server }) => server.close()))
      http.closeAllConnections()
      await new Promise<void>((resolve) => http.close(() => resolve()))
    },
  }
}

/** A port that is taken or not ours to use is the caller's to change. */
function portError(error: Error, port: number): Error {
  if (!('code' in error) || (error.code !== 'EADDRINUSE' && error.code !== 'EACCES')) return error
  const why = error.code === 'EADDRINUSE' ? 'it is in use' : 'only root may use it'
  return new UserError(
    { code: 'PORT_UNUSABLE', message: `Port ${port} cannot be used: ${why}`, hint: 'Give another --port, or none.' },
    { cause: error },
  )
}

async function handle(
  options: ServerOptions,
  sessions: Map<string, Session>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isLocal(request)) return refuse(response, 403, 'Only this machine may call this server')
  if (new URL(request.url ?? '/', 'http://localhost').pathname !== '/mcp') return refuse(response, 404, 'Use /mcp')
  const id = request.headers['mcp-session-id']
  const known = typeof id === 'string' ? sessions.get(id) : undefined
  if (typeof id === 'string' && known === undefined) return refuse(response, 404, 'That session is over')
  const session = known ?? (await open(options, sessions))
  session.lastSeen = Date.now()
  await session.transport.handleRequest(request, response)
}

async function open(options: ServerOptions, sessions: Map<string, Session>): Promise<Session> {
  if (sessions.size >= maxSessions) reap(sessions, Math.min(...[...sessions.values()].map((each) => each.lastSeen)) + 1)
  const server = createServer(options)
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => {
      sessions.set(id, session)
    },
  })
  const session: Session = { server, transport, lastSeen: Date.now() }
  server.onclose = () => {
    if (transport.sessionId !== undefined) sessions.delete(transport.sessionId)
  }
  await server.connect(transport)
  return session
}

function reap(sessions: Map<string, Session>, seenBefore: number): void {
  for (const [id, session] of sessions) {
    if (session.lastSeen >= seenBefore) continue
    sessions.delete(id)
    session.server.close().catch((error: unknown) => console.error('tracewright: closing a session failed:', error))
  }
}

function isLocal(request: IncomingMessage): boolean {
  const { host = '', origin } = request.headers
  return loopback.has(hostName(`http://${host}`)) && (origin === undefined || loopback.has(hostName(origin)))
}

function hostName(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : ''
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32600, message } }))
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
