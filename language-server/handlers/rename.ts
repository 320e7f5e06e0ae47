/** Renaming, and whether it can be done at all. */
import { PrepareRenameRequest, RenameRequest } from 'vscode-languageserver/node'
import { prepareRename as prepare, rename as renameAt } from '../../analyzers/bpftrace/rename.ts'
import { toOffset, toRange, toTextEdit } from '../convert.ts'
import { feature } from '../feature.ts'

export const prepareRename = feature({
  request: PrepareRenameRequest.type,
  handle(session, { textDocument, position }) {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot) return null
    const { span, name } = prepare(snapshot.context, toOffset(snapshot.document, position))
    return { range: toRange(snapshot.document, span), placeholder: name }
  },
})

export const rename = feature({
  request: RenameRequest.type,
  capabilities: { renameProvider: { prepareProvider: true } },
  handle(session, { textDocument, position, newName }) {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot) return null
    const edits = renameAt(snapshot.context, toOffset(snapshot.document, position), newName)
    return { changes: { [textDocument.uri]: edits.map((edit) => toTextEdit(snapshot.document, edit)) } }
  },
})
