/** `tracewright format`: lays out bpftrace programs anew; tokens and comments stay. */
import { format } from '../../analyzers/bpftrace/format.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { readProgram } from '../check/program-files.ts'
import { type Command, exitCode, type Io, parseOptions, UsageError } from '../command.ts'
import { replaceFile } from '../replace-file.ts'

type Mode = 'print' | 'check' | 'write'

const command: Command = {
  name: 'format',
  usage: '[--check] [--write] FILES… | -',
  summary: 'Format bpftrace programs',
  options: [
    ['--check', 'Print the names of files that would change; exit code 1 when there are any'],
    ['--write', 'Change the files; without it the result goes to standard output'],
  ],
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      check: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    })
    if (positionals.length === 0) throw new UsageError('Which files? (- reads standard input)')
    if (values.check && values.write) throw new UsageError('--check and --write exclude each other')
    if (values.write && positionals.includes('-')) throw new UsageError('--write needs files, not standard input')
    const mode = values.check ? 'check' : values.write ? 'write' : 'print'
    let code: number = exitCode.ok
    for (const file of positionals) code = Math.max(code, await formatFile(file, mode, io))
    return code
  },
}
export default command

async function formatFile(file: string, mode: Mode, io: Io): Promise<number> {
  try {
    const source = await readProgram(file, io)
    const { text, changed } = format(source)
    if (mode === 'print') await io.out(text)
    else if (changed) await io.out(`${file}\n`)
    if (mode === 'write' && changed) replaceFile(file, text)
    return mode === 'check' && changed ? exitCode.failed : exitCode.ok
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const isUnreadable = error.code === 'UNREADABLE'
    io.error(`tracewright: ${isUnreadable ? '' : `${file}: `}${error.message}\n`)
    return isUnreadable ? exitCode.usage : exitCode.failed
  }
}
