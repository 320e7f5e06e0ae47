/**
 * The process as a command's world. A reader that closes the pipe (`| head`) ends the program quietly; Ctrl-C aborts the
 * signal once, and a second one ends the process at once.
 */
import { describeErrno } from '../services/paths/path-policy.ts'
import { exitCode, type Io } from './command.ts'

export function processIo(): Io {
  const interrupted = new AbortController()
  process.once('SIGINT', () => {
    interrupted.abort()
    process.once('SIGINT', () => process.exit(exitCode.interrupted))
  })
  process.once('SIGTERM', () => interrupted.abort())
  process.stderr.on('error', () => process.exit(exitCode.failed))
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode.ok)
    // A full disk, above all: whoever reads the file must not take a part for the whole.
    const said = `tracewright: Standard output cannot be written: ${describeErrno(error)}\n`
    process.stderr.write(said, () => process.exit(exitCode.failed))
  })
  return {
    stdin: process.stdin,
    out: (text) =>
      new Promise((resolve) => {
        if (process.stdout.write(text)) resolve()
        else process.stdout.once('drain', resolve)
      }),
    error: (text) => {
      process.stderr.write(text)
    },
    isTerminal: process.stdout.isTTY ?? false,
    showsProgress: process.stderr.isTTY ?? false,
    signal: interrupted.signal,
  }
}
