/** The inner end of `thread.ts`: answers requests with the operations of one worker. */
import { parentPort } from 'node:worker_threads'
import { UserError } from '../analyzers/shared/user-error.ts'
import type { ThreadAnswer, ThreadFailure, ThreadRequest } from './thread.ts'

/** Progress may be said so often at most; more would only keep both threads busy. */
const PROGRESS_MS = 100

let currentId = 0
let lastProgress = 0

/** Says how far the operation under way has come. */
export function reportProgress(progress: unknown): void {
  const now = performance.now()
  if (now - lastProgress < PROGRESS_MS) return
  lastProgress = now
  post({ id: currentId, progress }, [])
}

/** The operations are named by the caller's types, so a name that is not there is a bug. */
export function serveThread(operations: object): void {
  const named = new Map<string, unknown>(Object.entries(operations))
  parentPort?.on('message', async ({ id, name, values }: ThreadRequest) => {
    currentId = id
    try {
      const operation = named.get(name)
      if (typeof operation !== 'function') throw new Error(`there is no operation ${name}`)
      const value: unknown = await operation(...values)
      post({ id, value }, buffersOf(value))
    } catch (error) {
      post({ id, failure: toFailure(error) }, [])
    }
  })
}

/** Buffers, at the top or one level down, move instead of being copied: the operation has made them for the caller. */
function buffersOf(value: unknown): ArrayBuffer[] {
  const parts = typeof value === 'object' && value !== null ? [value, ...Object.values(value)] : []
  return parts.filter((part) => part instanceof ArrayBuffer)
}

function post(answer: ThreadAnswer, moved: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(answer, moved)
}

function toFailure(error: unknown): ThreadFailure {
  if (error instanceof UserError) return { code: error.code, message: error.message, hint: error.hint ?? '', stack: '' }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { code: 'BUG', message: error instanceof Error ? error.message : String(error), hint: '', stack }
}
