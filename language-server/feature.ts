/**
 * A feature is one request of the protocol: what the server declares for it and how it is answered. `feature` puts the
 * same wrapper around every one: cancellation, results that an edit has overtaken, timing, and a bug that is logged and
 * answered with nothing, so that a fault in hover cannot take completion down.
 */
import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  type ProtocolRequestType,
  ResponseError,
  type ServerCapabilities,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver/node'
import { UserError } from '../analyzers/shared/user-error.ts'
import type { Session } from './session.ts'

/** The request itself, for handlers that take long enough to be told to stop. */
export interface Task {
  readonly token: CancellationToken
  /** Shows nothing where the client has not asked for progress. */
  progress(): WorkDoneProgressReporter
}

export interface FeatureDefinition<P, R, PR, E, RO> {
  readonly request: ProtocolRequestType<P, R | null, PR, E, RO>
  /** Merged into the server's capabilities; absent where another feature declares both. */
  readonly capabilities?: Partial<ServerCapabilities>
  /** Most compute at once, for a script is small; what may take long gives way by `giveWay` and answers later. */
  handle(session: Session, params: P, task: Task): R | null | Promise<R | null>
}

export interface Feature {
  readonly capabilities: Partial<ServerCapabilities>
  register(connection: Connection, session: Session): void
}

/** What a long answer throws, or `giveWay` for it, when nobody wants it any more. */
export class Cancelled extends Error {}

/** Lets everything else that has come in be answered first. @throws Cancelled when this request was taken back. */
export async function giveWay({ token }: Task): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  if (token.isCancellationRequested) throw new Cancelled()
}

export function feature<P, R, PR, E, RO>(definition: FeatureDefinition<P, R, PR, E, RO>): Feature {
  const { request, capabilities = {} } = definition
  return {
    capabilities,
    register(connection, session) {
      connection.onRequest<unknown, E>(request.method, async (params: P, token: CancellationToken) => {
        const uri = documentOf(params)
        const version = session.documents.get(uri)?.version
        if (session.starting) await session.starting
        const start = performance.now()
        try {
          // Requests queue while the server computes; the client may have lost interest since.
          if (token.isCancellationRequested) return cancelled<E>()
          if (session.documents.get(uri)?.version !== version) return overtaken<E>()
          const progress = () => connection.window.attachWorkDoneProgress(progressToken(params))
          const result = await definition.handle(session, params, { token, progress })
          if (token.isCancellationRequested) return cancelled<E>()
          return session.documents.get(uri)?.version === version ? result : overtaken<E>()
        } catch (error) {
          if (error instanceof Cancelled) return cancelled<E>()
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

/** The address of the document that a request is about; '' for one about none. */
function documentOf(params: unknown): string {
  const document = property(params, 'textDocument') ?? params
  const uri = property(document, 'uri')
  return typeof uri === 'string' ? uri : ''
}

function progressToken(params: unknown): string | number | undefined {
  const token = property(params, 'workDoneToken')
  return typeof token === 'string' || typeof token === 'number' ? token : undefined
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function cancelled<E>(): ResponseError<E> {
  return new ResponseError<E>(LSPErrorCodes.RequestCancelled, 'cancelled')
}

/** The document has changed while the answer was made: it would point at places that have moved. */
function overtaken<E>(): ResponseError<E> {
  return new ResponseError<E>(LSPErrorCodes.ContentModified, 'content modified')
}

/** The editor shows the message where the user asked, for example beside the box of a rename. */
function refused<E>(error: UserError): ResponseError<E> {
  return new ResponseError<E>(LSPErrorCodes.RequestFailed, error.message)
}
