/** A client of the SDK beside a server in the same process, over the real protocol. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { createServer, type ServerOptions } from '../mcp-server/server.ts'

export async function connectClient(options: Pick<ServerOptions, 'context'> & Partial<ServerOptions>): Promise<Client> {
  const server = createServer({ version: '1.2.3', nameStyle: 'underscore', readOnly: false, ...options })
  const client = new Client({ name: 'test', version: '1' })
  const [near, far] = InMemoryTransport.createLinkedPair()
  await Promise.all([server.connect(far), client.connect(near)])
  return client
}
