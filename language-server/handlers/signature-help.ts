/** The signature of the call around the cursor. */
import { MarkupKind, SignatureHelpRequest } from 'vscode-languageserver/node'
import { signatureHelp as signatureAt } from '../../analyzers/bpftrace/signature-help.ts'
import { toOffset } from '../convert.ts'
import { feature } from '../feature.ts'

export const signatureHelp = feature({
  request: SignatureHelpRequest.type,
  capabilities: { signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] } },
  handle(session, { textDocument, position }) {
    const snapshot = session.snapshot(textDocument.uri)
    const found = snapshot && signatureAt(snapshot.context, toOffset(snapshot.document, position))
    if (!found) return null
    return {
      signatures: found.signatures.map(({ label, parameters, markdown }) => ({
        label,
        ...(markdown && { documentation: { kind: MarkupKind.Markdown, value: markdown } }),
        parameters: parameters.map(({ start, end, about }) => ({
          label: [start, end] as [number, number],
          ...(about && { documentation: about }),
        })),
      })),
      activeSignature: found.active,
      activeParameter: found.parameter,
    }
  },
})
