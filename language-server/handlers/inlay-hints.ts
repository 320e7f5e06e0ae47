/** Types and parameter names between the code, as far as the settings want them. */
import { InlayHintKind, InlayHintRequest } from 'vscode-languageserver/node'
import { inlayHints as hintsIn } from '../../analyzers/bpftrace/inlay-hints.ts'
import { toPosition, toSpan } from '../convert.ts'
import { feature } from '../feature.ts'

export const inlayHints = feature({
  request: InlayHintRequest.type,
  capabilities: { inlayHintProvider: true },
  handle(session, { textDocument, range }) {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot) return null
    const { settings } = snapshot.basis
    const hints = hintsIn(snapshot.context, toSpan(snapshot.document, range), {
      types: settings['inlayHints.types'],
      parameterNames: settings['inlayHints.parameterNames'],
    })
    return hints.map(({ kind, offset, label, tooltip }) => ({
      position: toPosition(snapshot.document, offset),
      label,
      tooltip,
      kind: kind === 'type' ? InlayHintKind.Type : InlayHintKind.Parameter,
      paddingRight: kind === 'parameter',
    }))
  },
})
