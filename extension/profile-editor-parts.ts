/**
 * Sending a big graph to a view: in parts, each awaited, because the editor copies and writes a message at once, and
 * tens of megabytes would hold up the extension host for longer than anybody should have to wait.
 */
import type { Webview } from 'vscode'
import type { ToView } from '../webviews/protocol.ts'

const PART_BYTES = 1 << 20

let lastTransfer = 0

export async function postGraph(
  webview: Pick<Webview, 'postMessage'>,
  message: Extract<ToView, { type: 'graph' }>,
): Promise<void> {
  const { packed } = message
  const send = (each: ToView) => webview.postMessage(each)
  if (packed === null || packed.byteLength <= PART_BYTES) {
    await send(message)
    return
  }
  lastTransfer += 1
  const transfer = lastTransfer
  const totalBytes = packed.byteLength
  for (let offset = 0; offset < totalBytes; offset += PART_BYTES) {
    await send({ type: 'graph-part', transfer, offset, totalBytes, part: packed.slice(offset, offset + PART_BYTES) })
  }
  await send({ ...message, packed: null, transfer })
}
