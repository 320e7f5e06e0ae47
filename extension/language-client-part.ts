/**
 * The language client library, as a part that is loaded with the first bpftrace document: it is ten times as large as all
 * the rest of the extension.
 */
export { LanguageClient, TransportKind } from 'vscode-languageclient/node'
