/** Where a name of the script is declared, or first written. */
import { DefinitionRequest } from 'vscode-languageserver/node'
import { definitionAt } from '../../analyzers/bpftrace/definition.ts'
import { toLocation, toOffset } from '../convert.ts'
import { feature } from '../feature.ts'
import { importedDefinition } from '../imports.ts'

export const definition = feature({
  request: DefinitionRequest.type,
  capabilities: { definitionProvider: true },
  handle(session, { textDocument, position }) {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot) return null
    const offset = toOffset(snapshot.document, position)
    const spans = definitionAt(snapshot.context, offset)
    if (spans.length > 0) return spans.map((span) => toLocation(snapshot.document, span))
    return importedDefinition(snapshot, offset) ?? null
  },
})
