/** What can be folded away. */
import { FoldingRangeKind, FoldingRangeRequest } from 'vscode-languageserver/node'
import { folds } from '../../analyzers/bpftrace/folding.ts'
import { toRange } from '../convert.ts'
import { feature } from '../feature.ts'

const kinds = {
  comment: FoldingRangeKind.Comment,
  imports: FoldingRangeKind.Imports,
  region: FoldingRangeKind.Region,
} as const

export const folding = feature({
  request: FoldingRangeRequest.type,
  capabilities: { foldingRangeProvider: true },
  handle(session, { textDocument }) {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot) return null
    return folds(snapshot.tree).map(({ span, kind }) => {
      const { start, end } = toRange(snapshot.document, span)
      return { startLine: start.line, endLine: end.line, ...(kind && { kind: kinds[kind] }) }
    })
  },
})
