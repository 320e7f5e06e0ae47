/** Links to what a script takes in. */
import { DocumentLinkRequest } from 'vscode-languageserver/node'
import { documentLinks as linksIn } from '../../analyzers/bpftrace/document-links.ts'
import { toRange } from '../convert.ts'
import { feature } from '../feature.ts'
import { resolveTakenIn } from '../imports.ts'

export const documentLinks = feature({
  request: DocumentLinkRequest.type,
  capabilities: { documentLinkProvider: { resolveProvider: false } },
  handle(session, { textDocument }) {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot) return null
    return linksIn(snapshot.tree).flatMap((link) => {
      const target = resolveTakenIn(textDocument.uri, link)
      return target ? [{ range: toRange(snapshot.document, link.span), target, tooltip: link.path }] : []
    })
  },
})
