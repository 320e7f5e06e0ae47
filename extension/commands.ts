/**
 * The commands of the language: what the status item offers, the output channel, and a restart of the server.
 */
import {
  ConfigurationTarget,
  commands,
  type ExtensionContext,
  l10n,
  type QuickPickItem,
  window,
  workspace,
} from 'vscode'
import { restartLanguageClient } from './language-client.ts'
import { serverStatus } from './language-status.ts'
import { log } from './log.ts'
import { readSetting } from './settings.ts'

export function registerCommands(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('tracewright.showOutput', () => log().show()),
    commands.registerCommand('tracewright.restartLanguageServer', () => restartLanguageClient(context)),
    commands.registerCommand('tracewright.selectBpftraceVersion', selectBpftraceVersion),
    commands.registerCommand('tracewright.selectKernelSource', selectKernelSource),
    commands.registerCommand('tracewright.changeTarget', changeTarget),
  )
}

async function changeTarget(): Promise<void> {
  const status = serverStatus()
  const choice = await window.showQuickPick(
    [
      {
        label: l10n.t('$(versions) bpftrace Version…'),
        ...(status && { detail: status.bpftraceWhy }),
        command: 'tracewright.selectBpftraceVersion',
      },
      {
        label: l10n.t('$(server) Kernel Source…'),
        ...(status && { detail: status.kernelWhy }),
        command: 'tracewright.selectKernelSource',
      },
    ],
    { placeHolder: l10n.t('What should scripts be checked for?') },
  )
  if (choice) await commands.executeCommand(choice.command)
}

/** `version` comes from a key binding; without it the user picks one. */
async function selectBpftraceVersion(version?: string): Promise<void> {
  const current = readSetting('bpftrace.version')
  const items = [
    { value: 'auto', label: 'auto', description: l10n.t('the installed version, else the newest') },
    ...(serverStatus()?.versions ?? []).map((known) => ({ value: known, label: known })),
  ]
  const chosen = version ?? (await pick(items, current, l10n.t('bpftrace version that scripts are checked for')))
  // A version belongs to the project: with a folder open it is written there.
  const target = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global
  if (chosen) await workspace.getConfiguration('tracewright').update('bpftrace.version', chosen, target)
}

/** `source` comes from a key binding; without it the user picks one. */
async function selectKernelSource(source?: string): Promise<void> {
  const items = [
    { value: 'auto', label: 'auto', description: l10n.t('this machine where it can be read, else the snapshot') },
    { value: 'live', label: 'live', description: l10n.t('this machine') },
    { value: 'snapshot', label: 'snapshot', description: l10n.t('the kernel that ships with the extension') },
    { value: 'none', label: 'none', description: l10n.t('no facts about a kernel') },
    { value: 'file', label: l10n.t('BTF File…'), description: l10n.t('a vmlinux or .btf file') },
  ]
  const chosen =
    source ?? (await pick(items, readSetting('kernel.source'), l10n.t('Where facts about the kernel come from')))
  const value = chosen === 'file' ? await pickBtfFile() : chosen
  // The setting is one of the machine, so it can only be written for the user.
  if (value) await workspace.getConfiguration('tracewright').update('kernel.source', value, ConfigurationTarget.Global)
}

async function pickBtfFile(): Promise<string | undefined> {
  const files = await window.showOpenDialog({ canSelectMany: false, openLabel: l10n.t('Use as Kernel Source') })
  return files?.[0]?.fsPath
}

async function pick(
  items: readonly (QuickPickItem & { value: string })[],
  current: string,
  placeHolder: string,
): Promise<string | undefined> {
  const marked = items.map((item) => (item.value === current ? { ...item, label: `$(check) ${item.label}` } : item))
  return (await window.showQuickPick(marked, { placeHolder }))?.value
}
