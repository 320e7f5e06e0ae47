/** Where a name of the script is declared, or first written. */
import { DefinitionRequest } from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { definitionAt, definitionElsewhere } from '../../analyzers/bpftrace/definition.ts'
import { toLocation, toOffset } from '../convert.ts'
import { feature } from '../feature.ts'

export const definition = feature({
  request: DefinitionRequest.type,
  capabilities: { definitionProvider: true },
  handle(session, { textDocument, position }) {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot) return null
    const offset = toOffset(snapshot.document, position)
    const spans = definitionAt(snapshot.context, offset)
    if (spans.length > 0) return spans.map((span) => toLocation(snapshot.document, span))
    const elsewhere = definitionElsewhere(snapshot.context, offset)
    return elsewhere.map(({ from, span }) => {
      return toLocation(TextDocument.create(from.uri, 'bpftrace', 0, from.tree.source), span)
    })
  },
})
