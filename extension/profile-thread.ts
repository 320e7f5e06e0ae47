/**
 * One profile in a thread of its own, as the extension sees it: promises in front of messages. Ending it cancels whatever
 * it is doing.
 */
import { Worker } from 'node:worker_threads'
import type { ProfileSummary } from '../webviews/protocol.ts'
import type { WorkerAnswer, WorkerFailure, WorkerRequest } from './profile-worker-protocol.ts'

/** A failure that the worker reported. */
export class ProfileFailure extends Error {
  readonly failure: WorkerFailure

  constructor(failure: WorkerFailure) {
    super(failure.message)
    this.failure = failure
  }
}

/** The worker was ended before it answered. */
export class ProfileCancelled extends Error {}

interface Waiting {
  resolve(answer: WorkerAnswer): void
  reject(error: Error): void
}

type RequestWithoutId = WorkerRequest extends infer Request
  ? Request extends WorkerRequest
    ? Omit<Request, 'id'>
    : never
  : never

export class ProfileWorker {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 1

  /** `script` is the path of `dist/profile-worker.js`. */
  constructor(script: string) {
    this.#worker = new Worker(script)
    this.#worker.on('message', (answer: WorkerAnswer) => this.#receive(answer))
    this.#worker.on('error', (error: Error) => this.#rejectAll(outOfMemory(error) ?? error))
    this.#worker.on('exit', () => this.#rejectAll(new ProfileCancelled('the profile worker has ended')))
  }

  async open(name: string, source: string | Uint8Array): Promise<ProfileSummary> {
    const answer = await this.#ask({ type: 'open', name, source })
    if (answer.type !== 'opened') throw new Error(`unexpected answer ${answer.type}`)
    return answer.summary
  }

  /** A packed flame graph. */
  async graph(sampleIndex: number): Promise<ArrayBuffer> {
    const answer = await this.#ask({ type: 'graph', sampleIndex })
    if (answer.type !== 'graph') throw new Error(`unexpected answer ${answer.type}`)
    return answer.packed
  }

  end(): void {
    this.#rejectAll(new ProfileCancelled('cancelled'))
    void this.#worker.terminate()
  }

  #ask(request: RequestWithoutId): Promise<WorkerAnswer> {
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ ...request, id })
    })
  }

  #receive(answer: WorkerAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (answer.type === 'failed') waiting?.reject(new ProfileFailure(answer.failure))
    else waiting?.resolve(answer)
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

function outOfMemory(error: Error): ProfileFailure | undefined {
  if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return undefined
  return new ProfileFailure({ code: 'TOO_LARGE', message: 'The profile does not fit into memory', hint: '', stack: '' })
}
