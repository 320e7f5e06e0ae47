/** The outline of a document. */
import { type DocumentSymbol, DocumentSymbolRequest, SymbolKind } from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { type OutlineItem, outline } from '../../analyzers/bpftrace/outline.ts'
import { toRange } from '../convert.ts'
import { feature } from '../feature.ts'

export const symbolKinds = {
  probe: SymbolKind.Event,
  map: SymbolKind.Variable,
  macro: SymbolKind.Function,
  function: SymbolKind.Function,
  struct: SymbolKind.Struct,
  field: SymbolKind.Field,
  enum: SymbolKind.Enum,
  enumerator: SymbolKind.EnumMember,
  constant: SymbolKind.Constant,
  config: SymbolKind.Namespace,
  key: SymbolKind.Property,
  import: SymbolKind.Module,
} as const satisfies Record<OutlineItem['kind'], SymbolKind>

export const documentSymbols = feature({
  request: DocumentSymbolRequest.type,
  capabilities: { documentSymbolProvider: true },
  handle(session, { textDocument }) {
    const snapshot = session.snapshot(textDocument.uri)
    return snapshot ? outline(snapshot.tree).map((item) => toDocumentSymbol(snapshot.document, item)) : null
  },
})

function toDocumentSymbol(document: TextDocument, item: OutlineItem): DocumentSymbol {
  return {
    name: item.name,
    detail: item.detail,
    kind: symbolKinds[item.kind],
    range: toRange(document, item.span),
    selectionRange: toRange(document, item.selection),
    children: item.children.map((child) => toDocumentSymbol(document, child)),
  }
}
