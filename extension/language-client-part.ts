/**
 * The language client library, as a part that is loaded with the first bpftrace document: it is ten times as large as all
 * the rest of the extension. Its evaluation is cut in two, with a turn for others between, so that nobody waits for long.
 */
import { setImmediate } from 'node:timers/promises'

export async function loadLanguageClient(): Promise<typeof import('vscode-languageclient/node')> {
  await setImmediate()
  await import('vscode-languageserver-protocol/node')
  await setImmediate()
  return import('vscode-languageclient/node')
}
