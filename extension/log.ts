/**
 * The extension's own output channel. Its level is the user's; it is never revealed unasked.
 */
import { type ExtensionContext, type LogOutputChannel, window } from 'vscode'

let channel: LogOutputChannel | undefined

export function registerLog(context: ExtensionContext): void {
  context.subscriptions.push(log())
}

export function log(): LogOutputChannel {
  channel ??= window.createOutputChannel('Tracewright', { log: true })
  return channel
}
