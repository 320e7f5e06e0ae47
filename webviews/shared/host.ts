/**
 * The line to the extension: typed messages and the state VS Code keeps for a view while it is hidden or reloaded.
 * Outside VS Code (a browser test, a page on its own) the same line is an object on `window` that the page provides.
 */
import type { FromView, ToView } from '../protocol.ts'

/** Unless told, the messages are those of the profile view. */
export interface Host<Sent = FromView, Received = ToView> {
  send(message: Sent): void
  listen(listener: (message: Received) => void): void
  readState(): unknown
  writeState(state: unknown): void
}

interface VsCodeApi {
  postMessage(message: unknown): void
  getState(): unknown
  setState(state: unknown): void
}

declare function acquireVsCodeApi(): VsCodeApi

export function connectToEditor<Sent = FromView, Received = ToView>(): Host<Sent, Received> {
  const api = acquireVsCodeApi()
  return {
    send: (message) => api.postMessage(message),
    // Only the extension can post into its own webview; a `type` that is not known is ignored by the receiver.
    listen: (listener) => window.addEventListener('message', (event: MessageEvent<Received>) => listener(event.data)),
    readState: () => api.getState(),
    writeState: (state) => api.setState(state),
  }
}
