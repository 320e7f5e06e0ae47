/** `tracewright report`: `pprof.generate_report` over files and handles. */
import { type Command, parseOptions, UsageError } from '../command.ts'
import { runExport } from '../run-export.ts'

const command: Command = {
  name: 'report',
  usage: 'PROFILE… [-o FILE.md|.html] [--title TEXT]',
  summary: 'Report on profiles: what they hold, hottest functions, labels',
  options: [
    ['PROFILE', 'A file, handle:<16 hex>, or bundle:<16 hex> for all its members'],
    ['-o FILE', 'Write FILE, HTML or Markdown by its name; else Markdown to standard output'],
    ['--title TEXT', 'Heading of the report'],
  ],
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      output: { type: 'string', short: 'o' },
      title: { type: 'string' },
    })
    if (positionals.length === 0) throw new UsageError('Which profiles?')
    const file = values.output
    if (file !== undefined && !/\.(md|markdown|html?)$/i.test(file)) throw new UsageError('-o ends in .md or .html')
    const input = {
      profiles: positionals,
      format: file !== undefined && /\.html?$/i.test(file) ? 'html' : 'markdown',
      ...(values.title === undefined ? {} : { title: values.title }),
      ...(file === undefined ? {} : { output_path: file }),
    }
    return runExport('pprof.generate_report', input, io)
  },
}
export default command
