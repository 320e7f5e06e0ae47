/**
 * "New Program from Template…": a panel with the form, filled by the language server, and what its buttons do. There is
 * one panel; it comes back after a restart, with what the view has saved.
 */
import {
  commands,
  type Disposable,
  type ExtensionContext,
  env,
  l10n,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode'
import type { TemplateChoice } from '../analyzers/bpftrace/preview.ts'
import {
  type FormAction,
  type FromTemplates,
  type TemplateText,
  type ToTemplates,
  templateTexts,
} from '../webviews/protocol/templates.ts'
import { guarded } from './guarded.ts'
import { onDidChangeServerStatus } from './language-status.ts'
import { log } from './log.ts'
import { shell, webviewRoot } from './profile-editor-shell.ts'
import { insertProgram, ProgramDestination } from './program-destination.ts'
import { ProgramRequests } from './program-requests.ts'
import { type FormArguments, parseFormArguments, parseFromTemplates } from './template-form-messages.ts'

export const templateFormType = 'tracewright.templates'

export function registerTemplateForm(context: ExtensionContext): void {
  const destination = new ProgramDestination()
  const requests = new ProgramRequests(context)
  let open: TemplateForm | undefined
  const adopt = (panel: WebviewPanel, given: FormArguments | undefined) => {
    open = new TemplateForm(panel, context.extensionUri, requests, destination, given)
    panel.onDidDispose(() => {
      open = undefined
    })
  }
  context.subscriptions.push(
    destination,
    commands.registerCommand('tracewright.newFromTemplate', (given?: unknown) => {
      const wanted = parseFormArguments(given)
      if (open !== undefined) {
        void open.reveal(wanted)
        return
      }
      // Beside the script that the program may go into.
      const column = destination.isInFront ? ViewColumn.Beside : ViewColumn.Active
      adopt(window.createWebviewPanel(templateFormType, '', column, { enableScripts: true }), wanted)
    }),
    window.registerWebviewPanelSerializer(templateFormType, {
      deserializeWebviewPanel: async (panel) => adopt(panel, undefined),
    }),
  )
}

type ValuesWanted = Extract<FromTemplates, { type: 'values-wanted' }>

class TemplateForm {
  readonly #panel: WebviewPanel
  readonly #requests: ProgramRequests
  readonly #destination: ProgramDestination
  #given: FormArguments | undefined

  constructor(
    panel: WebviewPanel,
    extensionUri: Uri,
    requests: ProgramRequests,
    destination: ProgramDestination,
    given: FormArguments | undefined,
  ) {
    this.#panel = panel
    this.#requests = requests
    this.#destination = destination
    this.#given = given
    panel.title = l10n.t('New Program from Template')
    panel.iconPath = {
      light: Uri.joinPath(extensionUri, 'media', 'bpftrace-light.svg'),
      dark: Uri.joinPath(extensionUri, 'media', 'bpftrace-dark.svg'),
    }
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] }
    const subscriptions: readonly Disposable[] = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      destination.onDidChange(() => this.#sendDestination()),
      onDidChangeServerStatus(() => this.#send({ type: 'target-changed' })),
    ]
    panel.onDidDispose(() => {
      for (const subscription of subscriptions) subscription.dispose()
    })
    panel.webview.html = shell(panel.webview, extensionUri, 'templates')
  }

  /** Shows the panel that is there, with another template where one is asked for. */
  async reveal(given: FormArguments | undefined): Promise<void> {
    this.#panel.reveal()
    if (given === undefined) return
    this.#given = given
    await this.#sendTemplates()
  }

  #send(message: ToTemplates): void {
    void this.#panel.webview.postMessage(message)
  }

  #sendDestination(): void {
    this.#send({ type: 'destination', name: this.#destination.name })
  }

  async #sendTemplates(): Promise<void> {
    try {
      const templates = await this.#requests.templates()
      const given = this.#given
      this.#given = undefined
      if (given !== undefined && !templates.some(({ name }) => name === given.template)) {
        const text = l10n.t('There is no template {name}. Choose one from the list.', { name: given.template })
        void window.showErrorMessage(text)
      }
      this.#send({ type: 'templates', templates, given: given ?? null })
    } catch (error) {
      log().error('The templates could not be loaded', error)
      this.#send({
        type: 'failed',
        title: l10n.t('The templates could not be loaded'),
        message: error instanceof Error ? error.message : String(error),
        hint: l10n.t('Try again; “Tracewright: Show Output” opens the log.'),
      })
    }
  }

  async #receive(raw: unknown): Promise<void> {
    const message: FromTemplates = parseFromTemplates(raw)
    switch (message.type) {
      case 'ready':
        this.#send({ type: 'texts', locale: env.language, texts: translated() })
        this.#sendDestination()
        return this.#sendTemplates()
      case 'retry':
        this.#send({ type: 'texts', locale: env.language, texts: translated() })
        return this.#sendTemplates()
      case 'preview-wanted':
        return this.#preview(message.id, message.choice)
      case 'values-wanted':
        return this.#suggest(message)
      case 'use':
        return guarded(() => this.#use(message.action, message.id, message.choice))
      case 'change-target':
        await commands.executeCommand('tracewright.changeTarget')
        return
      case 'bug':
        return log().error(`form of templates: ${message.message}`)
    }
  }

  /** Programs are written for where they will go, else for the first folder. */
  get #uri(): string {
    return (
      this.#destination.uri ??
      workspace.workspaceFolders?.[0]?.uri ??
      Uri.parse('untitled:program.bt')
    ).toString()
  }

  async #suggest({ id, template, parameter, text, parameters }: ValuesWanted): Promise<void> {
    try {
      const values = await this.#requests.values({ uri: this.#uri, template, parameter, text, parameters })
      this.#send({ type: 'values', id, values })
    } catch (error) {
      // One can type without suggestions; the preview says what does not work.
      log().warn('Suggestions failed', error)
      this.#send({ type: 'values', id, values: { values: [], hasMore: false } })
    }
  }

  async #preview(id: number, choice: TemplateChoice): Promise<void> {
    try {
      this.#send({ type: 'preview', id, answer: await this.#requests.render(this.#uri, choice) })
    } catch (error) {
      log().error('The preview failed', error)
      const hint = l10n.t('Change a value to try again; “Tracewright: Show Output” opens the log.')
      const reason = error instanceof Error ? error.message : String(error)
      const message = l10n.t('The program could not be written: {reason}', { reason })
      const problems = [{ about: 'template', name: '', message, hint }] as const
      this.#send({ type: 'preview', id, answer: { kind: 'problems', problems } })
    }
  }

  async #use(action: FormAction, id: number, choice: TemplateChoice): Promise<void> {
    const answer = await this.#requests.render(this.#uri, choice)
    this.#send({ type: 'preview', id, answer })
    if (answer.kind !== 'program') return
    switch (action) {
      case 'insert':
        return insertProgram(answer.program, this.#destination, this.#requests)
      case 'new-file': {
        const document = await workspace.openTextDocument({ language: 'bpftrace', content: answer.program })
        await window.showTextDocument(document, { preview: false })
        return
      }
      case 'copy':
        await env.clipboard.writeText(answer.program)
        window.setStatusBarMessage(l10n.t('Copied'), 2000)
    }
  }
}

function translated(): Record<TemplateText, string> {
  const entries = Object.entries(templateTexts).map(([key, text]) => [key, l10n.t(text)])
  // Made from the keys of `templateTexts` itself, which `Object.entries` forgets.
  return Object.fromEntries(entries) as Record<TemplateText, string>
}
