/** `pprof.print`: the reports of `go tool pprof`, as it prints them. */
import { z } from 'zod'
import { encodePprof } from '../../analyzers/pprof/formats/pprof.ts'
import { encodeWeblist } from '../../analyzers/pprof/formats/weblist-html.ts'
import { mergedOnce } from '../../analyzers/pprof/merge.ts'
import { callgrindText } from '../../analyzers/pprof/report/callgrind.ts'
import { dotReport, dotText } from '../../analyzers/pprof/report/dot.ts'
import { listSources, listText } from '../../analyzers/pprof/report/list.ts'
import { rawText } from '../../analyzers/pprof/report/raw.ts'
import { commentsText, tagsText, tracesText } from '../../analyzers/pprof/report/samples.ts'
import { peekText, topText, treeText } from '../../analyzers/pprof/report/tables.ts'
import { topProfile } from '../../analyzers/pprof/report/top-proto.ts'
import { viewOf } from '../../analyzers/pprof/view.ts'
import { viewNotes } from '../../analyzers/pprof/view-notes.ts'
import { viewFields } from '../../analyzers/pprof/view-options.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { diffBaseArgument, openShown } from '../shared/diff-argument.ts'
import { disasmText } from '../shared/disasm-text.ts'
import { deliver, type Export, exportResult, exportText, outputPathField } from '../shared/export-output.ts'
import { profileArgument } from '../shared/profile-argument.ts'
import { trimFields, trimOptions } from '../shared/report-argument.ts'
import { sourceFields, sourceFinder } from '../shared/source-argument.ts'
import { defineTool } from '../tool.ts'

const reports = [
  'top',
  'tree',
  'peek',
  'list',
  'weblist',
  'disasm',
  'traces',
  'tags',
  'comments',
  'raw',
  'dot',
  'callgrind',
  'topproto',
] as const

/** What these show depends on an expression. */
const NEEDS_REGEX: ReadonlySet<string> = new Set(['peek', 'list', 'weblist', 'disasm'])

export default defineTool({
  name: 'pprof.print',
  title: 'Reports as go tool pprof prints them',
  description:
    'Prints a report of `go tool pprof` character for character, without Go; weblist is an HTML page. All options listed here work in the other views too, whose results are structured.',
  kind: 'write',
  writesOnlyWith: 'output_path',
  listsAllOptions: true,
  destructive: true,
  idempotent: true,
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    report: z.enum(reports).default('top').describe('Which report'),
    regex: z.string().min(1).optional().describe('Functions (RE2), for peek, list, weblist, disasm'),
    output_path: outputPathField,
    cum: z.boolean().default(false).describe('Sort by cumulative instead of own value'),
    nodecount: z.int().min(0).optional().describe('Most functions, 0 for all; default 80 in tree and dot, else all'),
    ...trimFields,
    compact_labels: z.boolean().default(false).describe('Without the head of the report'),
    ...sourceFields,
    binary_paths: z.array(z.string()).default([]).describe('Folders with binaries, for disasm'),
    intel_syntax: z.boolean().default(false).describe('Intel’s notation, for disasm'),
    ...viewFields,
    ...diffBaseArgument,
  }),
  output: z.object(exportResult),
  async run(context, input, options) {
    const { report, regex = '' } = input
    if (NEEDS_REGEX.has(report) && regex === '') {
      throw new UserError({
        code: 'INVALID_ARGUMENT',
        message: `The report \`${report}\` needs \`regex\`: the functions to show.`,
        hint: 'pprof.top shows which there are.',
        details: { field: 'regex' },
      })
    }
    const { shown, opened } = await openShown(context, input, options)
    const view = trimOptions(input)
    const notes = viewNotes(viewOf(mergedOnce(shown), input))
    const noMatch = () => notes.push(`No function with samples matches \`${regex}\`; the report top shows the names.`)
    const text = (content: string | Iterable<string>): Export => ({
      format: report,
      pieces: typeof content === 'string' ? [content] : content,
      notes,
    })
    const sources = () => {
      const find = sourceFinder(context, input, input.trim_path?.split(':') ?? [])
      const listed = listSources(shown, regex, view, (file) => find(file)?.lines)
      if (listed.functions.length === 0) noMatch()
      return listed
    }
    const made = async (): Promise<Export> => {
      switch (report) {
        case 'top':
          return text(topText(shown, view))
        case 'tree':
          return text(treeText(shown, view))
        case 'peek': {
          const printed = peekText(shown, regex, view)
          if (printed === '') noMatch()
          return text(printed)
        }
        case 'list':
          return text(listText(sources()))
        case 'weblist':
          return text(encodeWeblist(sources(), opened.label))
        case 'disasm':
          return text(await disasmText(context, shown, { ...input, regex, view }, notes, options.signal))
        case 'traces':
          return text(tracesText(shown, view))
        case 'tags': {
          const printed = tagsText(shown, view)
          if (printed === '') notes.push('No sample that is shown has labels.')
          return text(printed)
        }
        case 'comments': {
          const printed = commentsText(shown)
          if (printed === '') notes.push('The profile has no comments.')
          return text(printed)
        }
        case 'raw':
          return text(rawText(shown, view))
        case 'dot':
          return text(dotText(dotReport(shown, view)))
        case 'callgrind':
          return text(callgrindText(shown, view))
        case 'topproto':
          return { format: report, pieces: encodePprof(topProfile(shown, view)), isBinary: true, notes }
      }
    }
    return deliver(context, input.output_path, await made(), options)
  },
  text(result) {
    const { content, encoding } = result
    return content === undefined || encoding !== 'utf-8' ? exportText(result) : printed(content, result.notes)
  },
})

/** What a reader without structured results gets of a long report. */
const MAX_TEXT = 40_000

function printed(content: string, notes: readonly string[]): string {
  const left = content.length - MAX_TEXT
  const shown = left <= 0 ? content : content.slice(0, content.lastIndexOf('\n', MAX_TEXT) + 1)
  const rest =
    left <= 0 ? '' : `\n${content.length - shown.length} more characters: give \`output_path\`, or narrow the report.`
  return `${notes.map((note) => `> ${note}\n\n`).join('')}${shown}${rest}`
}
