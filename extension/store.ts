/**
 * The store as the rest of the extension sees it: starts its thread at the first question, and says when the listing has
 * changed, also when an agent or the command line changed it.
 */
import { type CancellationToken, type Disposable, EventEmitter, type ExtensionContext, Uri } from 'vscode'
import type { ProfileChanges, ProfileRecord } from '../services/profiles/library.ts'
import { log } from './log.ts'
import type { StoreOperations } from './store-worker.ts'
import { Thread } from './thread.ts'

/** How soon what another process stored is seen. A question costs well under a millisecond. */
const WATCH_MS = 1000

/** How long a cancelled import may take to come to its end by itself. */
const CANCEL_MS = 2000

export interface ImportProgress {
  readonly done: number
  readonly total?: number
  readonly message: string
}

export interface Imported {
  readonly profiles: readonly ProfileRecord[]
  /** Files that could not be used. */
  readonly skipped: number
}

export class Store implements Disposable {
  readonly #script: string
  readonly #changed = new EventEmitter<void>()
  readonly onDidChange = this.#changed.event
  #thread: Thread<StoreOperations> | undefined
  #revision: number | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(extensionUri: Uri) {
    this.#script = Uri.joinPath(extensionUri, 'dist', 'store-worker.js').fsPath
  }

  list(): Promise<readonly ProfileRecord[]> {
    return this.#open().call('list')
  }

  get(handle: string): Promise<ProfileRecord> {
    return this.#open().call('get', handle)
  }

  async update(handle: string, changes: ProfileChanges): Promise<void> {
    await this.#open().call('update', handle, changes)
    this.#changed.fire()
  }

  async delete(handle: string): Promise<void> {
    await this.#open().call('delete', handle)
    this.#changed.fire()
  }

  /**
   * Runs in a thread of its own, so that it can end without taking answers from others. `undefined` when it was cancelled.
   */
  async import(
    path: string,
    token: CancellationToken,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<Imported | undefined> {
    // The worker reports what the importer says, of this shape.
    const thread = new Thread<StoreOperations>(this.#script, (progress) => onProgress(progress as ImportProgress))
    const cancelling = token.onCancellationRequested(() => {
      void thread.call('cancelImport').catch(() => undefined)
      // Parsing one large JSON text hears nothing; what is half written is no part of the store.
      setTimeout(() => thread.end(), CANCEL_MS).unref()
    })
    try {
      return await thread.call('import', path)
    } catch (error) {
      if (token.isCancellationRequested) return undefined
      throw error
    } finally {
      cancelling.dispose()
      thread.end()
      this.#changed.fire()
    }
  }

  /** Looks for changes by others until told otherwise. */
  watch(isWanted: boolean): void {
    clearInterval(this.#timer)
    this.#timer = isWanted ? setInterval(() => void this.#look(), WATCH_MS) : undefined
  }

  dispose(): void {
    clearInterval(this.#timer)
    this.#changed.dispose()
    this.#thread?.end()
  }

  #open(): Thread<StoreOperations> {
    if (this.#thread === undefined || this.#thread.isOver) this.#thread = new Thread<StoreOperations>(this.#script)
    return this.#thread
  }

  async #look(): Promise<void> {
    try {
      const revision = await this.#open().call('revision')
      const isOther = this.#revision !== undefined && revision !== this.#revision
      this.#revision = revision
      if (isOther) this.#changed.fire()
    } catch (error) {
      // Said once: without the store everything else works, and asking every second would fill the log.
      log().warn(`The store cannot be watched: ${error instanceof Error ? error.message : String(error)}`)
      this.watch(false)
    }
  }
}

let shared: Store | undefined

/** The one store of this window; it ends with the extension. */
export function storeOf(context: ExtensionContext): Store {
  if (shared === undefined) {
    const made = new Store(context.extensionUri)
    shared = made
    context.subscriptions.push({
      dispose: () => {
        made.dispose()
        shared = undefined
      },
    })
  }
  return shared
}
