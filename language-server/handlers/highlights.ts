/** Every place that means the same name, told apart by reading and writing. */
import { DocumentHighlightKind, DocumentHighlightRequest } from 'vscode-languageserver/node'
import { toOffset, toRange } from '../convert.ts'
import { feature } from '../feature.ts'

export const highlights = feature({
  request: DocumentHighlightRequest.type,
  capabilities: { documentHighlightProvider: true },
  handle(session, { textDocument, position }) {
    const snapshot = session.snapshot(textDocument.uri)
    const found = snapshot?.context.symbols.at(toOffset(snapshot.document, position))
    if (!snapshot || !found) return null
    return found.symbol.occurrences.map(({ span, access }) => ({
      range: toRange(snapshot.document, span),
      kind: access === 'read' ? DocumentHighlightKind.Read : DocumentHighlightKind.Write,
    }))
  },
})
