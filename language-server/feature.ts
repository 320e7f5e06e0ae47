/**
 * A feature is one request of the protocol: what the server declares for it and how it is answered. `feature` puts the
 * same wrapper around every one: cancellation, timing, and a bug that is logged and answered with nothing, so that a
 * fault in hover cannot take completion down.
 */
import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  type ProtocolRequestType,
  ResponseError,
  type ServerCapabilities,
} from 'vscode-languageserver/node'
import { UserError } from '../analyzers/shared/user-error.ts'
import type { Session } from './session.ts'

export interface FeatureDefinition<P, R, PR, E, RO> {
  readonly request: ProtocolRequestType<P, R | null, PR, E, RO>
  /** Merged into the server's capabilities; absent where another feature declares both. */
  readonly capabilities?: Partial<ServerCapabilities>
  /** Computes at once: a script is small, and an answer that takes turns with edits would be stale. */
  handle(session: Session, params: P): R | null
}

export interface Feature {
  readonly capabilities: Partial<ServerCapabilities>
  register(connection: Connection, session: Session): void
}

export function feature<P, R, PR, E, RO>(definition: FeatureDefinition<P, R, PR, E, RO>): Feature {
  const { request, capabilities = {} } = definition
  return {
    capabilities,
    register(connection, session) {
      connection.onRequest<unknown, E>(request.method, async (params: P, token: CancellationToken) => {
        if (session.starting) await session.starting
        // Requests queue while the server computes; the client may have lost interest since.
        if (token.isCancellationRequested) return cancelled<E>()
        const start = performance.now()
        try {
          return definition.handle(session, params)
        } catch (error) {
          if (error instanceof UserError) return refused<E>(error)
          session.log.error(`${request.method}: ${error instanceof Error ? error.stack : String(error)}`)
          return null
        } finally {
          session.idle.touch()
          session.log.debug(`${request.method} ${(performance.now() - start).toFixed(1)} ms`)
        }
      })
    },
  }
}

function cancelled<E>(): ResponseError<E> {
  return new ResponseError<E>(LSPErrorCodes.RequestCancelled, 'cancelled')
}

/** The editor shows the message where the user asked, for example beside the box of a rename. */
function refused<E>(error: UserError): ResponseError<E> {
  return new ResponseError<E>(LSPErrorCodes.RequestFailed, error.message)
}
