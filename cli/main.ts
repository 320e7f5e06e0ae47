/** Entry of `dist/cli.js`, the `tracewright` command: runs it on this process and ends with its exit code. */
import { processIo } from './process-io.ts'
import { runCommand } from './run-command.ts'

runCommand(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code
  // Whatever a call left open (a paused pipe, a socket) must not keep the process; what was written must get out.
  process.stdout.write('', () => process.stderr.write('', () => process.exit()))
})
