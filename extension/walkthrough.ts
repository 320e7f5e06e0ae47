/**
 * The walkthrough and the commands of its steps that nothing else has: a script to begin with, and what another MCP
 * client has to be told. It is opened by a command; the editor opens by itself only what is there at installation, and
 * this one is there once the extension has been used.
 */
import { commands, type ExtensionContext, env, l10n, Uri, window, workspace } from 'vscode'
import { guarded } from './guarded.ts'

const walkthrough = 'tracewright.start'

export function registerWalkthrough(context: ExtensionContext): void {
  void commands.executeCommand('setContext', 'tracewright.isActive', true)
  context.subscriptions.push(
    commands.registerCommand('tracewright.openWalkthrough', () =>
      commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#${walkthrough}`),
    ),
    commands.registerCommand('tracewright.openSampleScript', () => guarded(() => openSampleScript(context))),
    commands.registerCommand('tracewright.copyMcpConfiguration', () => guarded(() => copyMcpConfiguration(context))),
  )
}

/** A copy without a name: it can be changed, saved or thrown away. */
async function openSampleScript(context: ExtensionContext): Promise<void> {
  const file = Uri.joinPath(context.extensionUri, 'media', 'walkthrough', 'sample.bt')
  const content = new TextDecoder().decode(await workspace.fs.readFile(file))
  const document = await workspace.openTextDocument({ language: 'bpftrace', content })
  await window.showTextDocument(document, { preview: false })
}

/** In the form that most clients read. */
async function copyMcpConfiguration(context: ExtensionContext): Promise<void> {
  const server = {
    command: process.execPath,
    args: [Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath, 'mcp'],
    // The editor's own program is a Node only when it is told so.
    env: { ELECTRON_RUN_AS_NODE: '1' },
  }
  await env.clipboard.writeText(JSON.stringify({ mcpServers: { tracewright: server } }, null, 2))
  void window.showInformationMessage(
    l10n.t('Copied. Paste it into the MCP configuration of the other client; this editor has the server already.'),
  )
}
