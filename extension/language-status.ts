/**
 * The one status item of the language: which bpftrace version and which kernel programs are judged for, and the way to
 * change both.
 */
import { EventEmitter, type ExtensionContext, type LanguageStatusItem, l10n, languages } from 'vscode'
import type { ServerStatus } from '../language-server/protocol.ts'

let item: LanguageStatusItem | undefined
let latest: ServerStatus | undefined
const changed = new EventEmitter<void>()

/** The target may be another one. */
export const onDidChangeServerStatus = changed.event

export function registerLanguageStatus(context: ExtensionContext): void {
  item = languages.createLanguageStatusItem('tracewright.target', { language: 'bpftrace' })
  item.name = l10n.t('bpftrace target')
  item.text = 'bpftrace'
  item.busy = true
  item.command = { command: 'tracewright.changeTarget', title: l10n.t('Change…') }
  context.subscriptions.push(item, changed)
}

export function showServerStatus(status: ServerStatus): void {
  latest = status
  changed.fire()
  if (!item) return
  item.busy = false
  item.text = l10n.t('bpftrace {version}', { version: status.bpftrace })
  // Short, or the link to change it is pushed out of sight; the reasons stand in the list that the link opens.
  item.detail = kernelText(status)
  item.accessibilityInformation = { label: `${item.text}. ${status.bpftraceWhy} ${status.kernelWhy}` }
}

function kernelText({ kernel, kernelSource }: ServerStatus): string {
  switch (kernelSource) {
    case 'live':
      return l10n.t('kernel {kernel}', { kernel })
    case 'snapshot':
      return l10n.t('bundled kernel {kernel}', { kernel })
    case 'file':
      return kernel ? l10n.t('kernel {kernel} from a file', { kernel }) : l10n.t('kernel from a file')
    case 'none':
      return l10n.t('no kernel facts')
  }
}

/** What the server last said; undefined until it has started. */
export function serverStatus(): ServerStatus | undefined {
  return latest
}
