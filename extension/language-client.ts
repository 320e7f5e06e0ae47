/**
 * Starts the language server when the first bpftrace document is open, and restarts or stops it. The client library is
 * loaded only then: it costs more to evaluate than the whole rest of activation.
 */
import { type ExtensionContext, l10n, type TextDocument, Uri, window, workspace } from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import {
  type InitializationOptions,
  type ServerStatus,
  statusNotification,
  trustNotification,
} from '../language-server/protocol.ts'
import { showServerStatus } from './language-status.ts'
import { log } from './log.ts'

const languageId = 'bpftrace'
const languageServerBundle = 'language-server.js'

let client: Promise<LanguageClient> | undefined

export function registerLanguageClient(context: ExtensionContext): void {
  const startFor = (document: TextDocument) => {
    if (document.languageId === languageId) startLanguageClient(context)
  }
  context.subscriptions.push(
    workspace.onDidOpenTextDocument(startFor),
    workspace.onDidGrantWorkspaceTrust(async () => (await client)?.sendNotification(trustNotification)),
  )
  for (const document of workspace.textDocuments) startFor(document)
}

/** The running client; undefined when no bpftrace document has been opened, or the server could not start. */
export async function languageClient(): Promise<LanguageClient | undefined> {
  return client?.catch(() => undefined)
}

export async function restartLanguageClient(context: ExtensionContext): Promise<void> {
  await stopLanguageClient()
  await startLanguageClient(context)
}

export async function stopLanguageClient(): Promise<void> {
  const running = client
  client = undefined
  // A server that never started has nothing to stop; the failure was reported when it happened.
  await (await running?.catch(() => undefined))?.dispose()
}

function startLanguageClient(context: ExtensionContext): Promise<LanguageClient> {
  client ??= createClient(context).catch((error: unknown) => {
    client = undefined
    log().error('The language server did not start', error)
    void reportFailure(error)
    throw error
  })
  // Those who only start it need not handle its failure.
  client.catch(() => undefined)
  return client
}

async function createClient(context: ExtensionContext): Promise<LanguageClient> {
  const { loadLanguageClient } = await import('./language-client-part.ts')
  const { LanguageClient, TransportKind } = await loadLanguageClient()
  const module = context.asAbsolutePath(`dist/${languageServerBundle}`)
  const options: InitializationOptions = { trusted: workspace.isTrusted, commands: contributedCommands(context) }
  const created = new LanguageClient(
    'tracewright',
    'Tracewright Language Server',
    { module, transport: TransportKind.ipc },
    {
      documentSelector: [{ language: languageId }],
      initializationOptions: options,
      middleware: {
        workspace: {
          // Settings that can be overridden for a language are asked for in ours.
          configuration: ({ items }) =>
            items.map(({ section, scopeUri }) => {
              const scope = { languageId, ...(scopeUri && { uri: Uri.parse(scopeUri) }) }
              return workspace.getConfiguration(section, scope)
            }),
        },
      },
      outputChannel: window.createOutputChannel('Tracewright Language Server', { log: true }),
    },
  )
  created.onNotification(statusNotification, (status: ServerStatus) => showServerStatus(status))
  await created.start()
  return created
}

/** Code lenses name only commands that this version of the extension has. */
function contributedCommands({ extension }: ExtensionContext): string[] {
  const { contributes }: { contributes: { commands: { command: string }[] } } = extension.packageJSON
  return contributes.commands.map(({ command }) => command)
}

async function reportFailure(error: unknown): Promise<void> {
  const show = l10n.t('Show Output')
  const reason = error instanceof Error ? error.message : String(error)
  const text = l10n.t('The bpftrace language server did not start: {reason}', { reason })
  if ((await window.showErrorMessage(text, show)) === show) log().show()
}
