/**
 * A client of the language server for tests: the real server on the other side of a pair of streams, in this process.
 */
import { PassThrough } from 'node:stream'
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type InitializeResult,
  ProposedFeatures,
  type ProtocolConnection,
  type ServerCapabilities,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { serve } from '../server.ts'
import type { Session } from '../session.ts'

export interface TestClient {
  readonly connection: ProtocolConnection
  readonly session: Session
  readonly capabilities: ServerCapabilities
  open(uri: string, text: string): Promise<void>
  stop(): Promise<void>
}

export interface TestClientOptions {
  readonly capabilities?: ClientCapabilities
  /** The section `tracewright` of the settings. */
  settings?: object
  /** Address of the one workspace folder. */
  readonly folder?: string
  readonly initializationOptions?: object
}

export async function startTestClient(options: TestClientOptions = {}): Promise<TestClient> {
  const toServer = new PassThrough()
  const toClient = new PassThrough()
  const session = serve(
    createConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
  )
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer))
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
    items.map(() => options.settings ?? { bpftrace: { version: '0.27' }, kernel: { source: 'none' } }),
  )
  connection.onRequest('client/registerCapability', () => null)
  connection.listen()
  const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: options.folder ?? null,
    capabilities: { workspace: { configuration: true }, ...options.capabilities },
    initializationOptions: options.initializationOptions,
  })
  const ready = new Promise((resolve) => connection.onNotification('tracewright/status', resolve))
  await connection.sendNotification('initialized', {})
  // The target is known from here on, so that nothing is judged twice in the middle of a test.
  await ready
  return {
    connection,
    session,
    capabilities,
    open: (uri, text) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'bpftrace', version: 1, text },
      }),
    async stop() {
      await connection.sendRequest('shutdown')
      connection.dispose()
      toServer.destroy()
      toClient.destroy()
    },
  }
}
