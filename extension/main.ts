/**
 * Activation: hands the context to one `register…` function for each thing the extension adds, and nothing else. Each
 * of them only registers; files are read and processes started when something is first used.
 */
import type { ExtensionContext } from 'vscode'
import { registerCommands } from './commands.ts'
import { registerComparison } from './compare-profiles.ts'
import { registerComposePrograms } from './compose-programs.ts'
import { registerExplorer } from './explorer.ts'
import { registerLanguageClient, stopLanguageClient } from './language-client.ts'
import { registerLanguageStatus } from './language-status.ts'
import { registerLog } from './log.ts'
import { registerMatchingProbes } from './matching-probes.ts'
import { registerMcpProvider } from './mcp-provider.ts'
import { registerProfileEditor } from './profile-editor.ts'
import { registerStoreFiles } from './store-files.ts'
import { registerTemplateForm } from './template-form.ts'
import { registerWalkthrough } from './walkthrough.ts'

const registrations: readonly ((context: ExtensionContext) => void)[] = [
  registerLog,
  registerLanguageStatus,
  registerLanguageClient,
  registerMcpProvider,
  registerStoreFiles,
  registerProfileEditor,
  registerComparison,
  registerExplorer,
  registerCommands,
  registerMatchingProbes,
  registerTemplateForm,
  registerComposePrograms,
  registerWalkthrough,
]

export function activate(context: ExtensionContext): void {
  for (const register of registrations) register(context)
}

export async function deactivate(): Promise<void> {
  await stopLanguageClient()
}
