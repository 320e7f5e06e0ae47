/**
 * The process as a command's world. A reader that closes the pipe (`| head`) ends the program quietly; Ctrl-C aborts the
 * signal once, and a second one ends the process at once.
 */
import { exitCode, type Io } from './command.ts'

export function processIo(): Io {
  const interrupted = new AbortController()
  process.once('SIGINT', () => {
    interrupted.abort()
    process.once('SIGINT', () => process.exit(exitCode.interrupted))
  })
  process.once('SIGTERM', () => interrupted.abort())
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(exitCode.ok)
      throw error
    })
  }
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
    signal: interrupted.signal,
  }
}
