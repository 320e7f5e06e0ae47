/** `tracewright lsp`: the language server, for any editor. */
import { startLanguageServer } from '../../language-server/server.ts'
import { type Command, parseOptions, UsageError } from '../command.ts'

const command: Command = {
  name: 'lsp',
  usage: '--stdio',
  summary: 'Serve the bpftrace language to an editor (Language Server Protocol)',
  options: [['--stdio', 'Over standard input and output']],
  async run(args) {
    // Some editors say which process to live as long as; the protocol's initialize says it again.
    const { values } = parseOptions(args, { stdio: { type: 'boolean' }, clientProcessId: { type: 'string' } })
    if (!values.stdio) throw new UsageError('lsp needs --stdio')
    console.log = console.error
    // The library takes the transport from the process's own arguments and ends the process when the client leaves.
    startLanguageServer()
    return new Promise<number>(() => undefined)
  },
}
export default command
