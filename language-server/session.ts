/**
 * The state of one connection: open documents, settings, the target that programs are judged for, and what has been
 * computed from them. Handlers get it as their first argument; nothing else here lives longer than a request.
 */
import type { ClientCapabilities, Connection, TextDocuments } from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { createIdleMemory } from './idle-memory.ts'
import { parseSettings, serverSettings } from './settings.ts'
import { type Basis, createSnapshot, DocumentMemory, type Snapshot } from './snapshot.ts'
import { initialTarget } from './target.ts'
import { TemplateItems } from './template-items.ts'

export interface Log {
  error(message: string): void
  warn(message: string): void
  debug(message: string): void
}

/** Until settings have been read. */
const defaultBasis: Basis = {
  settings: parseSettings(serverSettings, undefined, () => undefined),
  target: initialTarget,
}

export class Session {
  readonly connection: Connection
  readonly documents: TextDocuments<TextDocument>
  readonly log: Log
  readonly idle = createIdleMemory()
  client: ClientCapabilities = {}
  /** Without trust no program that a setting names is run. */
  trusted = true
  /** Commands that the client has, for code lenses. */
  clientCommands: ReadonlySet<string> = new Set()
  /** By the address of a workspace folder, '' for what lies in none. Replaced as a whole when something changes. */
  bases: ReadonlyMap<string, Basis> = new Map()
  /** Until settings and kernel have first been read: what was asked before would be answered from nothing. */
  starting: Promise<unknown> | undefined
  /** Addresses of the folders that the client has open. */
  workspaceFolders: readonly string[] = []
  /** Completion items of the templates. */
  readonly templates = new TemplateItems()
  readonly #snapshots = new Map<string, Snapshot>()
  readonly #memories = new Map<string, Map<string, unknown>>()

  constructor(connection: Connection, documents: TextDocuments<TextDocument>) {
    this.connection = connection
    this.documents = documents
    this.log = connection.console
  }

  /** Settings and target of the innermost folder that holds the document. */
  basisOf(uri: string): Basis {
    const folder = this.workspaceFolders
      .filter((each) => uri === each || uri.startsWith(each.endsWith('/') ? each : `${each}/`))
      .reduce((longest, each) => (each.length > longest.length ? each : longest), '')
    return this.bases.get(folder) ?? this.bases.get('') ?? defaultBasis
  }

  /** What is known about the document as it stands; undefined when the client has not opened it. */
  snapshot(uri: string): Snapshot | undefined {
    const document = this.documents.get(uri)
    if (!document) return undefined
    const basis = this.basisOf(uri)
    const known = this.#snapshots.get(uri)
    if (known && known.version === document.version && known.basis === basis) return known
    const memory = this.remembered(uri, 'versions', () => new DocumentMemory())
    const snapshot = createSnapshot(document, basis, memory)
    this.#snapshots.set(uri, snapshot)
    return snapshot
  }

  /** Something beside the document has changed that it was judged by. */
  invalidate(uri: string): void {
    this.#snapshots.delete(uri)
  }

  stop(): void {
    this.templates.stop()
  }

  /** What a feature keeps from one request to the next, until the document closes; '' is no document. */
  remembered<T>(uri: string, what: string, make: () => T): T {
    const memory = this.#memories.get(uri) ?? new Map<string, unknown>()
    this.#memories.set(uri, memory)
    if (!memory.has(what)) memory.set(what, make())
    // Each name of a memory has one type, that of its `make`.
    return memory.get(what) as T
  }

  forget(uri: string): void {
    this.#snapshots.delete(uri)
    this.#memories.delete(uri)
  }
}
