/** Every use of a name of the script. */
import { ReferencesRequest } from 'vscode-languageserver/node'
import { toLocation, toOffset } from '../convert.ts'
import { feature } from '../feature.ts'

export const references = feature({
  request: ReferencesRequest.type,
  capabilities: { referencesProvider: true },
  handle(session, { textDocument, position, context }) {
    const snapshot = session.snapshot(textDocument.uri)
    const found = snapshot?.context.symbols.at(toOffset(snapshot.document, position))
    if (!snapshot || !found) return null
    return found.symbol.occurrences
      .filter(({ access }) => context.includeDeclaration || access !== 'declaration')
      .map(({ span }) => toLocation(snapshot.document, span))
  },
})
