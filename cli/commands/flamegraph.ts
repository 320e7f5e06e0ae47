/** `tracewright flamegraph`: `pprof.flamegraph` over a file or handle. */
import path from 'node:path'
import { type Command, parseOptions, UsageError } from '../command.ts'
import { runExport } from '../run-export.ts'

/** The format by the end of the file's name. */
const formats: Readonly<Record<string, string>> = {
  '.svg': 'svg',
  '.html': 'html',
  '.htm': 'html',
  '.folded': 'folded',
  '.txt': 'folded',
  '.json': 'speedscope',
}

const command: Command = {
  name: 'flamegraph',
  usage: 'PROFILE [-o FILE] [--type T] [--sample-type S] [--focus RE] [--ignore RE] [--diff-base PROFILE] [--inverted]',
  summary: 'Draw a flame graph: SVG, HTML, folded stacks or speedscope JSON',
  options: [
    ['PROFILE', 'A file, handle:<16 hex>, or bundle:<16 hex> with --type'],
    ['-o FILE', `Write FILE (${Object.keys(formats).join(', ')}); else SVG to standard output`],
    ['--type T', 'Which member of a bundle'],
    ['--sample-type S', 'Sample type by name or number'],
    ['--focus RE', 'Keep only stacks that match'],
    ['--ignore RE', 'Drop stacks that match'],
    ['--diff-base PROFILE', 'Show what changed since PROFILE'],
    ['--inverted', 'Leaves at the root'],
  ],
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      output: { type: 'string', short: 'o' },
      type: { type: 'string' },
      'sample-type': { type: 'string' },
      focus: { type: 'string' },
      ignore: { type: 'string' },
      'diff-base': { type: 'string' },
      inverted: { type: 'boolean', default: false },
    })
    const [profile, ...more] = positionals
    if (profile === undefined) throw new UsageError('Which profile?')
    if (more.length > 0) throw new UsageError(`One profile at a time; '${more[0]}' is too much`)
    const given = {
      output_path: values.output,
      type: values.type,
      sample_index: values['sample-type'],
      focus: values.focus,
      ignore: values.ignore,
      diff_base: values['diff-base'],
    }
    const input = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    return runExport(
      'pprof.flamegraph',
      { profile, format: formatOf(values.output), inverted: values.inverted, ...input },
      io,
    )
  },
}
export default command

function formatOf(file: string | undefined): string {
  if (file === undefined) return 'svg'
  const format = formats[path.extname(file).toLowerCase()]
  if (format === undefined) throw new UsageError(`-o ends in ${Object.keys(formats).join(', ')}`)
  return format
}
