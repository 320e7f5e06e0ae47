/**
 * "Add to Program…" and "Compose Programs…": asks what a script should get, shows the difference before anything is
 * changed, and applies it as one step that Undo takes back. What the composed program is, the language server says.
 */
import {
  commands,
  type ExtensionContext,
  l10n,
  Position,
  Range,
  TabInputTextDiff,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode'
import type { ProgramAnswer, ProgramPreview } from '../analyzers/bpftrace/preview.ts'
import { type Addition, askForOperation, askForPrograms } from './compose-questions.ts'
import { guarded } from './guarded.ts'
import { ProgramRequests } from './program-requests.ts'
import { parseCompositionArguments } from './template-form-messages.ts'

const previewScheme = 'tracewright-preview'

export function registerComposePrograms(context: ExtensionContext): void {
  const requests = new ProgramRequests(context)
  const previews = new Map<string, string>()
  const composer = new Composer(requests, previews)
  const memory = context.workspaceState
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(previewScheme, {
      provideTextDocumentContent: (uri) => previews.get(uri.toString()) ?? '',
    }),
    commands.registerCommand('tracewright.addToProgram', (given?: unknown) =>
      guarded(() =>
        composer.run(given, async (document) =>
          askForOperation(requests, memory, (addition) => composer.problemOf(document, addition)),
        ),
      ),
    ),
    commands.registerCommand('tracewright.composePrograms', (given?: unknown) =>
      guarded(() =>
        composer.run(given, async (document) => {
          const parts = await askForPrograms(requests, document.uri)
          return parts && { parts, operations: [] }
        }),
      ),
    ),
  )
}

class Composer {
  readonly #requests: ProgramRequests
  readonly #previews: Map<string, string>
  #count = 0

  constructor(requests: ProgramRequests, previews: Map<string, string>) {
    this.#requests = requests
    this.#previews = previews
  }

  /** `ask` is for what no key binding has given. */
  async run(given: unknown, ask: (document: TextDocument) => Promise<Addition | undefined>): Promise<void> {
    const document = window.activeTextEditor?.document
    if (document?.languageId !== 'bpftrace') {
      throw new Error(l10n.t('There is no bpftrace script in front: open the one that should be changed.'))
    }
    const wanted = parseCompositionArguments(given)
    const addition =
      wanted === undefined
        ? await ask(document)
        : {
            operations: wanted.operations,
            parts: [
              ...(wanted.template === undefined ? [] : [{ template: wanted.template }]),
              ...wanted.files.map((file) => ({ file: this.#resolve(file) })),
            ],
          }
    if (addition === undefined) return
    const { version } = document
    const answer = await this.#compose(document, addition)
    if (answer.kind === 'problems') throw new Error(sentences(answer))
    if (!(await this.#isWanted(document, answer))) return
    if (document.version !== version) {
      throw new Error(l10n.t('The script has changed meanwhile and was left as it is: run the command again.'))
    }
    await applyText(document, answer.program)
  }

  /** What is wrong with an addition, for the box it is typed in; undefined when it can be made. */
  async problemOf(document: TextDocument, addition: Addition): Promise<string | undefined> {
    const answer = await this.#compose(document, addition)
    return answer.kind === 'problems' ? sentences(answer) : undefined
  }

  async #compose(document: TextDocument, { parts, operations }: Addition): Promise<ProgramAnswer> {
    const uri = document.uri.toString()
    const texts: string[] = []
    for (const part of parts) {
      if ('file' in part) {
        texts.push((await workspace.openTextDocument(part.file)).getText())
        continue
      }
      const rendered = await this.#requests.render(uri, { template: part.template, parameters: {}, operations: [] })
      if (rendered.kind === 'problems') return rendered
      texts.push(rendered.program)
    }
    // A script without any program is only filled.
    const own = document.getText().trim() === '' && texts.length > 0 ? [] : [document.getText()]
    return this.#requests.compose({ uri, programs: [...own, ...texts], operations })
  }

  #resolve(file: string): Uri {
    const [folder] = workspace.workspaceFolders ?? []
    return folder === undefined || file.startsWith('/') ? Uri.file(file) : Uri.joinPath(folder.uri, file)
  }

  /** Shows both beside each other and waits for the decision; nothing stays open. */
  async #isWanted(document: TextDocument, { program, notes, findings }: ProgramPreview): Promise<boolean> {
    if (program === document.getText()) {
      void window.showInformationMessage(l10n.t('The script has all of that already.'))
      return false
    }
    const name = document.uri.path.split('/').at(-1) ?? ''
    const preview = Uri.from({ scheme: previewScheme, path: `/${++this.#count}/${name.replace(/(\.bt)?$/, '.bt')}` })
    this.#previews.set(preview.toString(), program)
    try {
      const title = l10n.t('{name} ↔ Composed', { name })
      await commands.executeCommand('vscode.diff', document.uri, preview, title, { preview: true })
      const errors = findings.filter(({ severity }) => severity === 'error')
      const detail = [...errors.map(({ message }) => message), ...notes].join(' ')
      const apply = { label: l10n.t('$(check) Apply'), detail, alwaysShow: true }
      const discard = { label: l10n.t('$(discard) Discard'), alwaysShow: true }
      const placeHolder = l10n.t('Change the script as shown?')
      return (await window.showQuickPick([apply, discard], { placeHolder, ignoreFocusOut: true })) === apply
    } finally {
      this.#previews.delete(preview.toString())
      await closeDiff(preview)
    }
  }
}

function sentences({ problems }: Extract<ProgramAnswer, { kind: 'problems' }>): string {
  return problems.map(({ message, hint }) => `${message} ${hint}`.trim()).join(' ')
}

async function closeDiff(preview: Uri): Promise<void> {
  const isOurs = (input: unknown) =>
    input instanceof TabInputTextDiff && input.modified.toString() === preview.toString()
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => isOurs(input))
  await window.tabGroups.close(tabs)
}

/** Only what differs is replaced, so that cursors and folded places stay where they are. */
async function applyText(document: TextDocument, text: string): Promise<void> {
  const before = document.getText()
  let start = 0
  while (start < before.length && before[start] === text[start]) start++
  let end = 0
  const most = Math.min(before.length, text.length) - start
  while (end < most && before.at(-1 - end) === text.at(-1 - end)) end++
  const edit = new WorkspaceEdit()
  const range = new Range(document.positionAt(start), document.positionAt(before.length - end))
  edit.replace(document.uri, range, text.slice(start, text.length - end))
  if (!(await workspace.applyEdit(edit))) {
    throw new Error(l10n.t('The script could not be changed: {name} cannot be edited.', { name: document.fileName }))
  }
  await window.showTextDocument(document, { selection: new Range(new Position(0, 0), new Position(0, 0)) })
}
