/**
 * The custom editor `tracewright.profile`: connects a profile document with its webviews, and does for a view what only
 * the extension can do (clipboard, source files, other editors).
 */
import {
  type CustomReadonlyEditorProvider,
  commands,
  type ExtensionContext,
  env,
  l10n,
  Uri,
  type Webview,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode'
import { type FrameAction, frameActions, type ToView, type ViewText, viewTexts } from '../webviews/protocol.ts'
import { comparisonOf, uriOfComparison } from './comparison.ts'
import { guarded } from './guarded.ts'
import { log } from './log.ts'
import { ProfileDocument } from './profile-editor-document.ts'
import { parseFromView } from './profile-editor-messages.ts'
import { postGraph } from './profile-editor-parts.ts'
import { shell, webviewRoot } from './profile-editor-shell.ts'
import { openSource } from './profile-editor-source.ts'
import { exportView } from './profile-export.ts'
import type { ExportFormat } from './profile-export-formats.ts'
import { storeOf } from './store.ts'
import { handleOfUri, storeScheme } from './store-files.ts'

export const profileViewType = 'tracewright.profile'
/** The same editor for names that other programs use too; the manifest gives it no priority over the text editor. */
const otherViewType = 'tracewright.otherProfile'

/** Commands of the context menu: `tracewright.flameGraph.copyName` asks the active view for `copy-name`. */
function commandOf(action: FrameAction): string {
  return `tracewright.flameGraph.${action.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`
}

export function registerProfileEditor(context: ExtensionContext): void {
  const editor = new ProfileEditor(context)
  context.subscriptions.push(
    ...[profileViewType, otherViewType].map((viewType) =>
      window.registerCustomEditorProvider(viewType, editor, { supportsMultipleEditorsPerDocument: true }),
    ),
    commands.registerCommand('tracewright.openProfile', openProfile),
    ...frameActions.map((action) => commands.registerCommand(commandOf(action), () => editor.ask(action))),
  )
}

/** From the explorer's menu, the palette (the active file) or a key binding with a URI. */
async function openProfile(target?: Uri): Promise<void> {
  const active = window.tabGroups.activeTabGroup.activeTab?.input
  const uri = target instanceof Uri ? target : uriOf(active)
  const chosen = uri ?? (await window.showOpenDialog({ openLabel: l10n.t('Open as Profile') }))?.[0]
  if (chosen !== undefined) await commands.executeCommand('vscode.openWith', chosen, profileViewType)
}

function uriOf(input: unknown): Uri | undefined {
  if (typeof input !== 'object' || input === null || !('uri' in input)) return undefined
  return input.uri instanceof Uri ? input.uri : undefined
}

class ProfileEditor implements CustomReadonlyEditorProvider<ProfileDocument> {
  readonly #context: ExtensionContext
  #active: WebviewPanel | undefined

  constructor(context: ExtensionContext) {
    this.#context = context
  }

  openCustomDocument(uri: Uri): ProfileDocument {
    const script = Uri.joinPath(this.#context.extensionUri, 'dist', 'profile-worker.js').fsPath
    return new ProfileDocument(uri, script, (each) => this.#locate(each))
  }

  resolveCustomEditor(document: ProfileDocument, panel: WebviewPanel): void {
    const { webview } = panel
    const { extensionUri } = this.#context
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] }
    const send = (message: ToView) => void webview.postMessage(message)
    const subscriptions = [
      document.onDidChange(send),
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message, document, webview)),
      panel.onDidChangeViewState(() => this.#noteActive(panel)),
    ]
    panel.onDidDispose(() => {
      for (const subscription of subscriptions) subscription.dispose()
      if (this.#active === panel) this.#active = undefined
    })
    this.#noteActive(panel)
    webview.html = shell(webview, extensionUri, 'flamegraph')
  }

  /** Asks the view in front to do something with the frame its menu was opened on. */
  ask(action: FrameAction): void {
    const message: ToView = { type: 'frame-action', action }
    void this.#active?.webview.postMessage(message)
  }

  async #locate(uri: Uri): Promise<string | Uint8Array> {
    if (uri.scheme === 'file') return uri.fsPath
    if (uri.scheme === storeScheme) return (await storeOf(this.#context).get(handleOfUri(uri))).path
    return workspace.fs.readFile(uri)
  }

  #noteActive(panel: WebviewPanel): void {
    if (panel.active) this.#active = panel
  }

  async #receive(raw: unknown, document: ProfileDocument, webview: Webview): Promise<void> {
    const message = parseFromView(raw)
    const send = (answer: ToView) => void webview.postMessage(answer)
    switch (message.type) {
      case 'ready':
        send({ type: 'texts', locale: env.language, texts: translated() })
        send(document.current())
        return
      case 'graph-wanted':
        await postAnswer(webview, await document.graph(message.query))
        return
      case 'export': {
        const { query, inverted } = message
        const write = (format: ExportFormat, file: string) => document.export(query, format, inverted, file)
        await guarded(() => exportView(document.profile, document.name, document.isComparison, write))
        return
      }
      case 'swap':
        await swapped(document.uri)
        return
      case 'open-source':
        await guarded(() => openSource(message, document.profile))
        return
      case 'copy':
        await env.clipboard.writeText(message.text)
        window.setStatusBarMessage(l10n.t('Copied'), 2000)
        return
      case 'cancel':
        document.cancel()
        return
      case 'retry':
        await document.load()
        return
      case 'open-as-text':
        await commands.executeCommand('vscode.openWith', document.uri, 'default')
        return
      case 'bug':
        log().error(`profile view: ${message.message}`)
        return
    }
  }
}

async function postAnswer(webview: Webview, answer: ToView): Promise<void> {
  if (answer.type === 'graph') await postGraph(webview, answer)
  else await webview.postMessage(answer)
}

async function swapped(uri: Uri): Promise<void> {
  const sides = comparisonOf(uri)
  if (sides === undefined) return
  const other = uriOfComparison({ before: sides.after, after: sides.before })
  await commands.executeCommand('vscode.openWith', other, profileViewType)
}

function translated(): Record<ViewText, string> {
  const entries = Object.entries(viewTexts).map(([key, text]) => [key, l10n.t(text)])
  // Made from the keys of `viewTexts` itself, which `Object.entries` forgets.
  return Object.fromEntries(entries) as Record<ViewText, string>
}
