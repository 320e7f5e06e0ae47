/** The inner end of `thread.ts`: answers requests with the operations of one worker. */
import { parentPort } from 'node:worker_threads'
import { UserError } from '../analyzers/shared/user-error.ts'
import type { ThreadAnswer, ThreadFailure, ThreadRequest } from './thread.ts'

/** The operations are named by the caller's types, so a name that is not there is a bug. */
export function serveThread(operations: object): void {
  const named = new Map<string, unknown>(Object.entries(operations))
  parentPort?.on('message', async ({ id, name, values }: ThreadRequest) => {
    try {
      const operation = named.get(name)
      if (typeof operation !== 'function') throw new Error(`there is no operation ${name}`)
      const value: unknown = await operation(...values)
      // A buffer moves instead of being copied: the operation has made it for the caller.
      post({ id, value }, value instanceof ArrayBuffer ? [value] : [])
    } catch (error) {
      post({ id, failure: toFailure(error) }, [])
    }
  })
}

function post(answer: ThreadAnswer, moved: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(answer, moved)
}

function toFailure(error: unknown): ThreadFailure {
  if (error instanceof UserError) return { code: error.code, message: error.message, hint: error.hint ?? '', stack: '' }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { code: 'BUG', message: error instanceof Error ? error.message : String(error), hint: '', stack }
}
