/**
 * Diagnostics for clients that do not ask for them: pushed 150 ms after the last change, with the version they belong
 * to. A client that pulls gets none of these, for it would show everything twice; it is told when to ask again.
 */
import type { Diagnostic as ProtocolDiagnostic } from 'vscode-languageserver/node'
import { toDiagnostic } from './convert.ts'
import type { Session } from './session.ts'

export const pushDelay = 150

export function documentDiagnostics(session: Session, uri: string): ProtocolDiagnostic[] {
  const snapshot = session.snapshot(uri)
  return snapshot ? snapshot.diagnostics.map((found) => toDiagnostic(snapshot.document, found)) : []
}

export class DiagnosticsPublisher {
  readonly #session: Session
  readonly #pending = new Map<string, NodeJS.Timeout>()

  constructor(session: Session) {
    this.#session = session
  }

  get #clientPulls(): boolean {
    return this.#session.client.textDocument?.diagnostic !== undefined
  }

  schedule(uri: string): void {
    if (this.#clientPulls) return
    clearTimeout(this.#pending.get(uri))
    this.#pending.set(
      uri,
      setTimeout(() => this.#publish(uri), pushDelay),
    )
  }

  /** The target or the settings have changed: everything open is judged anew. */
  refresh(): void {
    if (!this.#clientPulls) {
      for (const uri of this.#session.documents.keys()) this.schedule(uri)
    } else if (this.#session.client.workspace?.diagnostics?.refreshSupport) {
      this.#session.connection.languages.diagnostics.refresh()
    }
  }

  clear(uri: string): void {
    clearTimeout(this.#pending.get(uri))
    this.#pending.delete(uri)
    if (!this.#clientPulls) void this.#session.connection.sendDiagnostics({ uri, diagnostics: [] })
  }

  /** The client is leaving: what is still due would reach nobody. */
  stop(): void {
    for (const timer of this.#pending.values()) clearTimeout(timer)
    this.#pending.clear()
  }

  #publish(uri: string): void {
    this.#pending.delete(uri)
    const version = this.#session.documents.get(uri)?.version
    if (version === undefined) return
    try {
      const diagnostics = documentDiagnostics(this.#session, uri)
      void this.#session.connection.sendDiagnostics({ uri, version, diagnostics })
    } catch (error) {
      this.#session.log.error(`diagnostics of ${uri}: ${error instanceof Error ? error.stack : String(error)}`)
    }
  }
}
