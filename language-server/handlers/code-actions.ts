/** Quick fixes of diagnostics, all safe fixes at once, and last the comment that ignores a diagnostic. */
import {
  type CodeAction,
  CodeActionKind,
  CodeActionRequest,
  type TextDocumentIdentifier,
} from 'vscode-languageserver/node'
import { codeActions as actionsIn, type OfferedAction } from '../../analyzers/bpftrace/code-actions.ts'
import { withMigration } from '../../analyzers/bpftrace/migrate/offer-migration.ts'
import { toDiagnostic, toSpan, toTextEdit } from '../convert.ts'
import { feature } from '../feature.ts'
import type { Snapshot } from '../snapshot.ts'

const fixAll = `${CodeActionKind.SourceFixAll}.bpftrace`

export const codeActions = feature({
  request: CodeActionRequest.type,
  capabilities: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAll] } },
  handle(session, { textDocument, range, context }) {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot) return null
    const { tree, basis } = snapshot
    const { version, kernel } = basis.target
    // Rewriting for another version is only worked out when somebody asks what can be done.
    const diagnostics = withMigration(tree.source, snapshot.diagnostics, { bpftrace: version, kernel, unsafe: true })
    // A kind that is asked for includes those below it: `source` asks for `source.fixAll.bpftrace`.
    const wanted = (kind: string) =>
      !context.only || context.only.some((asked) => kind === asked || kind.startsWith(`${asked}.`))
    return (
      actionsIn(tree.source, diagnostics, toSpan(snapshot.document, range))
        .map((action) => toAction(snapshot, textDocument, action))
        .filter(({ kind }) => kind === undefined || wanted(kind))
        // Fixing everything is asked for by its kind, on saving or by command; unasked it would be noise.
        .filter(({ kind }) => kind !== fixAll || context.only !== undefined)
    )
  },
})

function toAction({ document }: Snapshot, { uri }: TextDocumentIdentifier, action: OfferedAction): CodeAction {
  return {
    title: action.title,
    kind: action.kind === 'fix-all' ? fixAll : CodeActionKind.QuickFix,
    ...(action.preferred && { isPreferred: true }),
    ...(action.fixes.length > 0 && { diagnostics: action.fixes.map((found) => toDiagnostic(document, found)) }),
    edit: { changes: { [uri]: action.edits.map((edit) => toTextEdit(document, edit)) } },
  }
}
