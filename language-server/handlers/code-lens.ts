/** Above each probe with wildcards: how many probes of the kernel it stands for. */
import { type CodeLens, CodeLensRequest } from 'vscode-languageserver/node'
import { expandAttachPoint } from '../../analyzers/bpftrace/probe-expansion.ts'
import { toRange } from '../convert.ts'
import { feature } from '../feature.ts'

export const codeLens = feature({
  request: CodeLensRequest.type,
  capabilities: { codeLensProvider: { resolveProvider: false } },
  handle(session, { textDocument }): CodeLens[] | null {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot?.basis.settings['codeLens.enabled']) return null
    return snapshot.tree.program.items.flatMap((item) => {
      if (item.kind !== 'Probe') return []
      const expansions = item.attachPoints.flatMap((point) => expandAttachPoint(snapshot.context, point) ?? [])
      const wild = item.attachPoints.some((point) => expandAttachPoint(snapshot.context, point))
      if (!wild) return []
      const title = expansions.length === 1 ? 'expands to 1 probe' : `expands to ${expansions.length} probes`
      const place = { uri: textDocument.uri, offset: item.span.start }
      return [
        {
          range: toRange(snapshot.document, item.span),
          command: { title, command: 'tracewright.showMatchingProbes', arguments: [place] },
        },
      ]
    })
  },
})
