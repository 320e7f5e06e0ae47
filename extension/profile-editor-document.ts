/**
 * A profile that is open in the editor: reads it once for all of its views, in a worker, and again when the file has
 * changed or the user asks. It knows no webview; views listen.
 */
import { basename } from 'node:path'
import { type CustomDocument, EventEmitter, l10n, RelativePattern, type Uri, workspace } from 'vscode'
import type { Failure, ProfileSummary, ToView } from '../webviews/protocol.ts'
import { log } from './log.ts'
import type { ProfileOperations, ReadingProgress } from './profile-worker.ts'
import { Thread, ThreadEnded, ThreadError } from './thread.ts'

type State =
  | { readonly kind: 'loading'; readonly message: ToView }
  | { readonly kind: 'open'; readonly summary: ProfileSummary }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** The path of what a URI names, for the worker to read; or its content where it is not on this machine's disk. */
export type LocateProfile = (uri: Uri) => Promise<string | Uint8Array>

/** A file that is being written changes many times; it is read when it has been quiet for so long. */
const QUIET_MS = 400

export class ProfileDocument implements CustomDocument {
  readonly uri: Uri
  readonly #script: string
  readonly #locate: LocateProfile
  readonly #changed = new EventEmitter<ToView>()
  /** Fires for every change of what views should show. */
  readonly onDidChange = this.#changed.event
  readonly #watcher
  #worker: Thread<ProfileOperations> | undefined
  #state: State
  #timer: NodeJS.Timeout | undefined

  constructor(uri: Uri, script: string, locate: LocateProfile) {
    this.uri = uri
    this.#script = script
    this.#locate = locate
    this.#state = { kind: 'loading', message: this.#loading('read', 0, 0) }
    this.#watcher = workspace.createFileSystemWatcher(
      new RelativePattern(uri.with({ path: uri.path.replace(/\/[^/]*$/, '') }), basename(uri.path)),
    )
    this.#watcher.onDidChange(() => this.#reloadSoon())
    this.#watcher.onDidCreate(() => this.#reloadSoon())
    void this.load()
  }

  get name(): string {
    return basename(this.uri.path)
  }

  /** What a view that has just appeared should show. */
  current(): ToView {
    switch (this.#state.kind) {
      case 'loading':
        return this.#state.message
      case 'open':
        return { type: 'profile', profile: this.#state.summary }
      case 'failed':
        return { type: 'failed', failure: this.#state.failure }
    }
  }

  /** Reads the file (again). */
  async load(): Promise<void> {
    this.#worker?.end()
    const worker = new Thread<ProfileOperations>(this.#script, (progress) => {
      // The worker is our own; its only progress is that of reading.
      const { doneBytes, totalBytes } = progress as ReadingProgress
      if (worker !== this.#worker) return
      const step = doneBytes < totalBytes ? 'read' : 'decode'
      this.#show({ kind: 'loading', message: this.#loading(step, doneBytes, totalBytes) })
    })
    this.#worker = worker
    try {
      this.#show({ kind: 'loading', message: this.#loading('read', 0, 0) })
      const source = await this.#locate(this.uri)
      if (worker !== this.#worker) return
      const summary = await worker.call('open', this.name, source)
      if (worker === this.#worker) this.#show({ kind: 'open', summary })
    } catch (error) {
      if (worker === this.#worker) this.#fail(error)
    }
  }

  async graph(sampleIndex: number): Promise<ToView> {
    const worker = this.#worker
    if (worker === undefined) return this.current()
    try {
      return { type: 'graph', sampleIndex, ...(await worker.call('graph', sampleIndex)) }
    } catch (error) {
      if (worker === this.#worker) this.#fail(error)
      return this.current()
    }
  }

  /** Ends whatever is being done for this profile. */
  cancel(): void {
    this.#worker?.end()
  }

  dispose(): void {
    clearTimeout(this.#timer)
    this.#watcher.dispose()
    this.#changed.dispose()
    const worker = this.#worker
    this.#worker = undefined
    worker?.end()
  }

  #reloadSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.load(), QUIET_MS)
  }

  #loading(step: 'read' | 'decode' | 'layout', doneBytes: number, totalBytes: number): ToView {
    return { type: 'loading', name: this.name, step, doneBytes, totalBytes }
  }

  #show(state: State): void {
    this.#state = state
    this.#changed.fire(this.current())
  }

  #fail(error: unknown): void {
    this.#show({ kind: 'failed', failure: toFailure(error, this.name) })
  }
}

function toFailure(error: unknown, name: string): Failure {
  const shared = { canRetry: true, canOpenAsText: true }
  if (error instanceof ThreadEnded) {
    return { title: l10n.t('Opening was cancelled'), message: '', hint: '', ...shared, canOpenAsText: false }
  }
  const title = l10n.t('{0} could not be opened as a profile', name)
  if (error instanceof ThreadError) {
    const { message, hint, stack, code } = error.failure
    log().error(`${name}: ${code}: ${message}${stack === '' ? '' : `\n${stack}`}`)
    return { title, message, hint, ...shared }
  }
  log().error(error instanceof Error ? error : String(error))
  return { title, message: error instanceof Error ? error.message : String(error), hint: '', ...shared }
}
