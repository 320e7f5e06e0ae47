/**
 * Wires a connection to a session and the features: what is declared to the client, what happens when documents,
 * settings or trust change. What a feature does is in `handlers/`.
 */
import {
  type Connection,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { loadBases, section } from './bases.ts'
import { invalidateDependents } from './dependents.ts'
import { features } from './handlers/index.ts'
import { keepHeapSmall } from './idle-memory.ts'
import { showProgress } from './progress.ts'
import { type InitializationOptions, trustNotification } from './protocol.ts'
import { DiagnosticsPublisher } from './publish-diagnostics.ts'
import { refreshViews } from './refresh.ts'
import { Session } from './session.ts'
import { sendStatus } from './status.ts'
import { createTargetResolver } from './target.ts'

/** A program that is asked for its version may hang; nobody waits for it longer than this. */
const longestStartMs = 2000

/** Serves over what the command line names (`--stdio`, `--node-ipc`) until the client leaves. */
export function startLanguageServer(): void {
  keepHeapSmall()
  serve(createConnection(ProposedFeatures.all))
}

export function serve(connection: Connection): Session {
  const documents = new TextDocuments(TextDocument)
  const session = new Session(connection, documents)
  const publisher = new DiagnosticsPublisher(session)
  const resolveTarget = createTargetResolver(() => void load())
  let known: unknown
  const load = async (pushed: unknown = known) => {
    known = pushed
    session.bases = await loadBases(session, resolveTarget, pushed)
    for (const { target } of session.bases.values()) session.templates.of(target)
    sendStatus(session)
    publisher.refresh()
    // What was asked for before the first time waits for it.
    if (!session.starting) refreshViews(session)
  }

  connection.onInitialize((params) => initialize(session, params))
  connection.onInitialized(async () => {
    const started = Promise.withResolvers<void>()
    const timer = setTimeout(started.resolve, longestStartMs)
    session.starting = started.promise.finally(() => {
      session.starting = undefined
    })
    if (session.client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section })
    }
    if (session.client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = [{ globPattern: '**/*.{bt,h,c}' }]
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers })
    }
    if (session.client.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri))
        const kept = session.workspaceFolders.filter((uri) => !gone.has(uri))
        session.workspaceFolders = [...kept, ...added.map(({ uri }) => uri)]
        await load()
      })
    }
    const loaded = load()
    void showProgress(session, 'Reading the kernel', loaded)
    await loaded.finally(() => {
      clearTimeout(timer)
      started.resolve()
    })
  })
  connection.onDidChangeConfiguration(({ settings }) => load(settings))
  connection.onDidChangeWatchedFiles(({ changes }) => {
    // A script that takes in a changed file is judged anew.
    if (invalidateDependents(session, new Set(changes.map(({ uri }) => uri)))) publisher.refresh()
  })
  connection.onNotification(trustNotification, async () => {
    session.trusted = true
    await load()
  })
  connection.onShutdown(() => {
    session.idle.stop()
    publisher.stop()
  })
  documents.onDidChangeContent(({ document }) => publisher.schedule(document.uri))
  documents.onDidClose(({ document }) => {
    session.forget(document.uri)
    publisher.clear(document.uri)
  })
  for (const feature of features) feature.register(connection, session)

  documents.listen(connection)
  connection.listen()
  return session
}

function initialize(session: Session, params: InitializeParams): InitializeResult {
  session.client = params.capabilities
  const options: InitializationOptions = params.initializationOptions ?? {}
  session.trusted = options.trusted ?? true
  session.clientCommands = new Set(options.commands)
  session.workspaceFolders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : [])
  const declared = Object.assign({}, ...features.map(({ capabilities }) => capabilities))
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      ...(params.capabilities.workspace?.workspaceFolders && {
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      }),
      ...declared,
    },
    serverInfo: { name: 'tracewright' },
  }
}
