/**
 * Functions that run in a thread of their own, called as if they were here: work that takes long or blocks never runs in
 * the extension host. Ending the thread cancels whatever it is doing. The other end is `serve-thread.ts`.
 */
import { Worker } from 'node:worker_threads'

/** What a thread offers: names and asynchronous functions of plain data. */
export type Operations = Readonly<Record<string, (...values: never[]) => Promise<unknown>>>

export interface ThreadRequest {
  readonly id: number
  readonly name: string
  readonly values: readonly unknown[]
}

/** A failure as data: errors lose their class on the way between threads. */
export interface ThreadFailure {
  /** `BUG` where it was no `UserError`. */
  readonly code: string
  readonly message: string
  readonly hint: string
  /** Set for bugs only. */
  readonly stack: string
}

export type ThreadAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly progress: unknown }
  | { readonly id: number; readonly failure: ThreadFailure }

/** What an operation threw in the thread. */
export class ThreadError extends Error {
  readonly failure: ThreadFailure

  constructor(failure: ThreadFailure) {
    super(failure.message)
    this.failure = failure
  }
}

/** The thread was ended before it answered. */
export class ThreadEnded extends Error {}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

export class Thread<Offered extends object> {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #onProgress: (progress: unknown) => void
  #nextId = 1
  #isOver = false

  /** `script` is the path of a bundle in `dist/`; `onProgress` hears how far a call has come, where the operation says. */
  constructor(script: string, onProgress: (progress: unknown) => void = () => undefined) {
    this.#worker = new Worker(script)
    this.#onProgress = onProgress
    this.#worker.on('message', (answer: ThreadAnswer) => this.#receive(answer))
    this.#worker.on('error', (error: Error) => this.#rejectAll(outOfMemory(error) ?? error))
    this.#worker.on('exit', () => {
      this.#isOver = true
      this.#rejectAll(new ThreadEnded('the thread has ended'))
    })
  }

  /** Whether it has ended, by `end` or by itself. */
  get isOver(): boolean {
    return this.#isOver
  }

  call<Name extends keyof Offered & string>(
    name: Name,
    ...values: ParametersOf<Offered[Name]>
  ): Promise<ResultOf<Offered[Name]>> {
    if (this.#isOver) return Promise.reject(new ThreadEnded('the thread has ended'))
    const id = this.#nextId++
    const request: ThreadRequest = { id, name, values }
    return new Promise((resolve, reject) => {
      // Both ends are typed by the same `Offered`; structured cloning keeps the shape of plain data.
      this.#waiting.set(id, { resolve: (value) => resolve(value as ResultOf<Offered[Name]>), reject })
      this.#worker.postMessage(request)
    })
  }

  end(): void {
    this.#isOver = true
    this.#rejectAll(new ThreadEnded('cancelled'))
    void this.#worker.terminate()
  }

  #receive(answer: ThreadAnswer): void {
    if ('progress' in answer) {
      if (this.#waiting.has(answer.id)) this.#onProgress(answer.progress)
      return
    }
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('failure' in answer) waiting?.reject(new ThreadError(answer.failure))
    else waiting?.resolve(answer.value)
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

type ParametersOf<Operation> = Operation extends (...values: infer Values) => unknown ? Values : never
type ResultOf<Operation> = Operation extends (...values: never[]) => Promise<infer Result> ? Result : never

function outOfMemory(error: Error): ThreadError | undefined {
  if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return undefined
  return new ThreadError({ code: 'TOO_LARGE', message: 'It does not fit into memory', hint: '', stack: '' })
}
