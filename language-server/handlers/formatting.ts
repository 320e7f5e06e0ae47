/**
 * Formatting of the document, of a range and while typing. A program with syntax errors is left as it is without a
 * word: the errors are in the Problems view already.
 */
import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type TextEdit as ProtocolTextEdit,
} from 'vscode-languageserver/node'
import type { TextEdit } from '../../analyzers/bpftrace/diagnostic.ts'
import { formatEdits, formatOnTypeEdits, formatRangeEdits } from '../../analyzers/bpftrace/format-edits.ts'
import type { SyntaxTree } from '../../analyzers/bpftrace/syntax/tree.ts'
import { toOffset, toSpan, toTextEdit } from '../convert.ts'
import { feature } from '../feature.ts'
import type { Snapshot } from '../snapshot.ts'

export const formatting = feature({
  request: DocumentFormattingRequest.type,
  capabilities: { documentFormattingProvider: true },
  handle(session, { textDocument }) {
    return editsOf(session.snapshot(textDocument.uri), (tree) => formatEdits(tree))
  },
})

export const rangeFormatting = feature({
  request: DocumentRangeFormattingRequest.type,
  capabilities: { documentRangeFormattingProvider: true },
  handle(session, { textDocument, range }) {
    const snapshot = session.snapshot(textDocument.uri)
    return editsOf(snapshot, (tree, { document }) => formatRangeEdits(tree, toSpan(document, range)))
  },
})

export const onTypeFormatting = feature({
  request: DocumentOnTypeFormattingRequest.type,
  capabilities: { documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: [';'] } },
  handle(session, { textDocument, position }) {
    const snapshot = session.snapshot(textDocument.uri)
    return editsOf(snapshot, (tree, { document }) => formatOnTypeEdits(tree, toOffset(document, position)))
  },
})

function editsOf(
  snapshot: Snapshot | undefined,
  compute: (tree: SyntaxTree, snapshot: Snapshot) => readonly TextEdit[],
): ProtocolTextEdit[] | null {
  if (!snapshot || snapshot.tree.errors.length > 0) return null
  return compute(snapshot.tree, snapshot).map((edit) => toTextEdit(snapshot.document, edit))
}
