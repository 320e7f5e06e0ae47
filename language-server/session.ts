/**
 * The state of one connection: open documents, settings, the target that programs are judged for, and what has been
 * computed from them. Handlers get it as their first argument; nothing else here lives longer than a request.
 */
import type { ClientCapabilities, Connection, TextDocuments } from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { parseSettings, type ServerSettings, serverSettings } from './settings.ts'
import { createSnapshot, type Snapshot } from './snapshot.ts'
import { initialTarget, type Target } from './target.ts'

export interface Log {
  error(message: string): void
  warn(message: string): void
  debug(message: string): void
}

export class Session {
  readonly connection: Connection
  readonly documents: TextDocuments<TextDocument>
  readonly log: Log
  client: ClientCapabilities = {}
  /** Without trust no program that a setting names is run. */
  trusted = true
  settings: ServerSettings = parseSettings(serverSettings, undefined, () => undefined)
  target: Target = initialTarget
  readonly #snapshots = new Map<string, Snapshot>()

  constructor(connection: Connection, documents: TextDocuments<TextDocument>) {
    this.connection = connection
    this.documents = documents
    this.log = connection.console
  }

  /** What is known about the document as it stands; undefined when the client has not opened it. */
  snapshot(uri: string): Snapshot | undefined {
    const document = this.documents.get(uri)
    if (!document) return undefined
    const known = this.#snapshots.get(uri)
    if (known && known.version === document.version && known.target === this.target) return known
    const snapshot = createSnapshot(document, this.target)
    this.#snapshots.set(uri, snapshot)
    return snapshot
  }

  forget(uri: string): void {
    this.#snapshots.delete(uri)
  }
}
