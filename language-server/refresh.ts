/** Tells the client to ask again for what lies over the text of open scripts, when settings or the target have changed. */
import {
  CodeLensRefreshRequest,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
} from 'vscode-languageserver/node'
import type { Session } from './session.ts'

export function refreshViews({ client: { workspace }, connection }: Session): void {
  const wanted = [
    workspace?.codeLens?.refreshSupport && CodeLensRefreshRequest.type,
    workspace?.inlayHint?.refreshSupport && InlayHintRefreshRequest.type,
    workspace?.semanticTokens?.refreshSupport && SemanticTokensRefreshRequest.type,
  ]
  for (const request of wanted) {
    // A client that leaves meanwhile does not answer, and then there is nothing to show.
    if (request) connection.sendRequest(request.method).catch(() => undefined)
  }
}
