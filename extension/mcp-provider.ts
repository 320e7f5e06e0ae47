/**
 * Offers the Tracewright MCP server to the editor's agents: the command line's `mcp` run by the editor's own Node.
 * Nothing is started here; the editor does that when an agent first needs a tool.
 */
import { EventEmitter, type ExtensionContext, lm, McpStdioServerDefinition, Uri, workspace } from 'vscode'
import { readSetting } from './settings.ts'

const providerId = 'tracewright.mcp'

export function registerMcpProvider(context: ExtensionContext): void {
  // Editors built from the same sources without the agent parts lack the function.
  if (typeof lm?.registerMcpServerDefinitionProvider !== 'function') return
  const changed = new EventEmitter<void>()
  context.subscriptions.push(
    changed,
    workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('tracewright.mcp.enabled')) changed.fire()
    }),
    lm.registerMcpServerDefinitionProvider(providerId, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => (readSetting('mcp.enabled') ? [definition(context)] : []),
    }),
  )
}

function definition(context: ExtensionContext): McpStdioServerDefinition {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath
  // Until the workspace is trusted nothing in it may make an agent change or run something.
  const restrictions = workspace.isTrusted ? [] : ['--read-only']
  const server = new McpStdioServerDefinition(
    'Tracewright',
    process.execPath,
    [script, 'mcp', ...restrictions],
    { ELECTRON_RUN_AS_NODE: '1' },
    String(context.extension.packageJSON.version),
  )
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')
  if (folder) server.cwd = folder.uri
  return server
}
