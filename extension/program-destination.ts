/** Which script a program would be inserted into: the bpftrace editor that had the cursor last; and the inserting. */
import {
  type Disposable,
  EventEmitter,
  l10n,
  type TextDocument,
  type TextEditor,
  type Uri,
  window,
  workspace,
} from 'vscode'
import type { ProgramRequests } from './program-requests.ts'

const languageId = 'bpftrace'

export class ProgramDestination implements Disposable {
  readonly #changed = new EventEmitter<void>()
  readonly onDidChange = this.#changed.event
  readonly #subscriptions: readonly Disposable[]
  #editor: TextEditor | undefined

  constructor() {
    this.#take(window.activeTextEditor)
    this.#subscriptions = [
      this.#changed,
      window.onDidChangeActiveTextEditor((editor) => this.#take(editor)),
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
    ]
  }

  get uri(): Uri | undefined {
    return this.#editor?.document.uri
  }

  get name(): string | null {
    return this.uri === undefined ? null : workspace.asRelativePath(this.uri)
  }

  /** Whether the script is what the user is looking at now. */
  get isInFront(): boolean {
    return this.#editor !== undefined && window.activeTextEditor === this.#editor
  }

  /** The script on the screen again, with its cursor where it was. */
  async show(): Promise<TextEditor | undefined> {
    const editor = this.#editor
    if (editor === undefined) return undefined
    const { document, selection, viewColumn } = editor
    return window.showTextDocument(document, { selection, ...(viewColumn !== undefined && { viewColumn }) })
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose()
  }

  #take(editor: TextEditor | undefined): void {
    // A form or a list in front leaves the script that was there before.
    if (editor === undefined || editor === this.#editor || editor.document.languageId !== languageId) return
    this.#editor = editor
    this.#changed.fire()
  }

  #forget(document: TextDocument): void {
    if (this.#editor?.document !== document) return
    this.#editor = undefined
    this.#changed.fire()
  }
}

/** Puts a program where the cursor is, or after what the cursor is in; one step for Undo. */
export async function insertProgram(
  program: string,
  destination: ProgramDestination,
  requests: ProgramRequests,
): Promise<void> {
  const editor = await destination.show()
  if (editor === undefined) throw new Error(l10n.t('There is no script to insert into: open a .bt file first.'))
  const { document, selection } = editor
  const offset = document.offsetAt(selection.active)
  const place = await requests.insertion({ uri: document.uri.toString(), offset })
  const at = document.positionAt(place.offset)
  const done = await editor.edit((edit) => edit.insert(at, `${place.before}${program}${place.after}`))
  if (!done)
    throw new Error(l10n.t('The program could not be inserted: {name} cannot be edited.', { name: document.fileName }))
  editor.revealRange(editor.selection)
}
