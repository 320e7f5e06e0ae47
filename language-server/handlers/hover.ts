/** What is shown about the place under the pointer. */
import { HoverRequest, MarkupKind } from 'vscode-languageserver/node'
import { hover as hoverAt } from '../../analyzers/bpftrace/hover.ts'
import { toOffset, toRange } from '../convert.ts'
import { feature } from '../feature.ts'

export const hover = feature({
  request: HoverRequest.type,
  capabilities: { hoverProvider: true },
  handle(session, { textDocument, position }) {
    const snapshot = session.snapshot(textDocument.uri)
    const found = snapshot && hoverAt(snapshot.context, toOffset(snapshot.document, position))
    if (!found) return null
    return {
      contents: { kind: MarkupKind.Markdown, value: found.markdown },
      range: toRange(snapshot.document, found.span),
    }
  },
})
