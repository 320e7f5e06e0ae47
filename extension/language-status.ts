/**
 * The one status item of the language: which bpftrace version and which kernel programs are judged for, and the way to
 * change both.
 */
import { type ExtensionContext, type LanguageStatusItem, l10n, languages } from 'vscode'
import type { ServerStatus } from '../language-server/protocol.ts'

let item: LanguageStatusItem | undefined
let latest: ServerStatus | undefined

export function registerLanguageStatus(context: ExtensionContext): void {
  item = languages.createLanguageStatusItem('tracewright.target', { language: 'bpftrace' })
  item.name = l10n.t('bpftrace target')
  item.text = 'bpftrace'
  item.busy = true
  item.command = { command: 'tracewright.changeTarget', title: l10n.t('Change…') }
  context.subscriptions.push(item)
}

export function showServerStatus(status: ServerStatus): void {
  latest = status
  if (!item) return
  item.busy = false
  item.text = status.kernel
    ? l10n.t('bpftrace {version}, kernel {kernel}', { version: status.bpftrace, kernel: status.kernel })
    : l10n.t('bpftrace {version}, no kernel facts', { version: status.bpftrace })
  item.detail = `${status.bpftraceWhy} ${status.kernelWhy}`
}

/** What the server last said; undefined until it has started. */
export function serverStatus(): ServerStatus | undefined {
  return latest
}
