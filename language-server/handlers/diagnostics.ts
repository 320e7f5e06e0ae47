/** Diagnostics for clients that pull them; `publish-diagnostics.ts` serves the others. */
import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
} from 'vscode-languageserver/node'
import { feature } from '../feature.ts'
import { documentDiagnostics } from '../publish-diagnostics.ts'

export const diagnostics = feature({
  request: DocumentDiagnosticRequest.type,
  capabilities: {
    diagnosticProvider: { identifier: 'bpftrace', interFileDependencies: false, workspaceDiagnostics: false },
  },
  handle(session, { textDocument }): DocumentDiagnosticReport {
    return { kind: DocumentDiagnosticReportKind.Full, items: documentDiagnostics(session, textDocument.uri) }
  },
})
