/** What a growing selection takes in. */
import { type SelectionRange, SelectionRangeRequest } from 'vscode-languageserver/node'
import { selectionSpans } from '../../analyzers/bpftrace/selection.ts'
import { toOffset, toRange } from '../convert.ts'
import { feature } from '../feature.ts'

export const selectionRanges = feature({
  request: SelectionRangeRequest.type,
  capabilities: { selectionRangeProvider: true },
  handle(session, { textDocument, positions }): SelectionRange[] | null {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot) return null
    return positions.map((position) => {
      const spans = selectionSpans(snapshot.tree, toOffset(snapshot.document, position))
      const nested = spans.reduceRight<SelectionRange | undefined>(
        (parent, span) => ({ range: toRange(snapshot.document, span), ...(parent && { parent }) }),
        undefined,
      )
      return nested ?? { range: { start: position, end: position } }
    })
  },
})
