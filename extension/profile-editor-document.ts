/**
 * A profile that is open in the editor, or two that are compared: reads them once for all views, in a worker, and again
 * when a file has changed or the user asks. It knows no webview; views listen.
 */
import { type CustomDocument, EventEmitter, l10n, RelativePattern, type Uri, workspace } from 'vscode'
import type { Failure, GraphQuery, ProfileSummary, ToView } from '../webviews/protocol.ts'
import { comparisonOf, nameOf, shortNames } from './comparison.ts'
import { log } from './log.ts'
import type { ExportFormat } from './profile-export-formats.ts'
import type { NamedSource, ProfileOperations, ProfileSource, ReadingProgress } from './profile-worker.ts'
import { Thread, ThreadEnded, ThreadError } from './thread.ts'

type State =
  | { readonly kind: 'loading'; readonly message: ToView }
  | { readonly kind: 'open'; readonly summary: ProfileSummary }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** The path of what a URI names, for the worker to read; or its content where it is not on this machine's disk. */
export type LocateProfile = (uri: Uri) => Promise<ProfileSource>

/** A file that is being written changes many times; it is read when it has been quiet for so long. */
const QUIET_MS = 400

export class ProfileDocument implements CustomDocument {
  readonly uri: Uri
  readonly #script: string
  readonly #locate: LocateProfile
  readonly #changed = new EventEmitter<ToView>()
  /** Fires for every change of what views should show. */
  readonly onDidChange = this.#changed.event
  readonly #watchers
  /** What it shows, and what it is compared with. */
  readonly #sides: readonly { readonly uri: Uri; readonly name: string }[]
  #worker: Thread<ProfileOperations> | undefined
  #state: State
  #timer: NodeJS.Timeout | undefined

  constructor(uri: Uri, script: string, locate: LocateProfile) {
    this.uri = uri
    this.#script = script
    this.#locate = locate
    this.#sides = sidesOf(uri)
    this.#state = { kind: 'loading', message: this.#loading('read', 0, 0) }
    this.#watchers = this.#sides.map((side) => {
      const folder = side.uri.with({ path: side.uri.path.replace(/\/[^/]*$/, '') })
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, nameOf(side.uri)))
      watcher.onDidChange(() => this.#reloadSoon())
      watcher.onDidCreate(() => this.#reloadSoon())
      return watcher
    })
    void this.load()
  }

  get name(): string {
    return nameOf(this.uri)
  }

  /** The profile whose paths and frames are shown. */
  get profile(): Uri {
    return this.#sides[0]?.uri ?? this.uri
  }

  get isComparison(): boolean {
    return this.#sides.length > 1
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
      const locate = async ({ name, uri }: { name: string; uri: Uri }): Promise<NamedSource> => {
        return { name, source: await this.#locate(uri) }
      }
      const [shown, base] = await Promise.all(this.#sides.map(locate))
      if (worker !== this.#worker || shown === undefined) return
      const summary = await worker.call('open', shown, base)
      if (worker === this.#worker) this.#show({ kind: 'open', summary })
    } catch (error) {
      if (worker === this.#worker) this.#fail(error)
    }
  }

  async graph(query: GraphQuery): Promise<ToView> {
    const worker = this.#worker
    if (worker === undefined) return this.current()
    try {
      return { type: 'graph', query, transfer: 0, ...(await worker.call('graph', query)) }
    } catch (error) {
      // A filter may be no regular expression; what was shown before can stay.
      if (error instanceof ThreadError && error.failure.code !== 'BUG' && error.failure.code !== 'TOO_LARGE') {
        return { type: 'graph-failed', query, message: [error.message, error.failure.hint].filter(Boolean).join(' ') }
      }
      if (worker === this.#worker) this.#fail(error)
      return this.current()
    }
  }

  async export(query: GraphQuery, format: ExportFormat, inverted: boolean, file: string): Promise<void> {
    await this.#worker?.call('export', query, format, inverted, file)
  }

  /** Ends whatever is being done for this profile. */
  cancel(): void {
    this.#worker?.end()
  }

  dispose(): void {
    clearTimeout(this.#timer)
    for (const watcher of this.#watchers) watcher.dispose()
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
    this.#show({ kind: 'failed', failure: toFailure(error, this.name, !this.isComparison) })
  }
}

function sidesOf(uri: Uri): readonly { readonly uri: Uri; readonly name: string }[] {
  const comparison = comparisonOf(uri)
  if (comparison === undefined) return [{ uri, name: nameOf(uri) }]
  const [before, after] = shortNames(comparison.before, comparison.after)
  return [
    { uri: comparison.after, name: after },
    { uri: comparison.before, name: before },
  ]
}

function toFailure(error: unknown, name: string, canOpenAsText: boolean): Failure {
  const shared = { canRetry: true, canOpenAsText }
  if (error instanceof ThreadEnded) {
    return { title: l10n.t('Opening was cancelled'), message: '', hint: '', canRetry: true, canOpenAsText: false }
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
