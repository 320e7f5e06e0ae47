/** The language server as a process of its own; `tracewright lsp` starts the same server. */
import { startLanguageServer } from './server.ts'

startLanguageServer()
