/** `pprof.list`: the source lines of functions with their values. */
import { z } from 'zod'
import { type ListedFunction, list, listedFunction, listResult } from '../../analyzers/pprof/list.ts'
import {
  filterFields,
  inlinesField,
  nodecountField,
  sampleIndexField,
  valueFields,
} from '../../analyzers/pprof/view-options.ts'
import type { FindSource } from '../../services/source-code/source-files.ts'
import { diffBaseArgument, openShown } from '../shared/diff-argument.ts'
import { code } from '../shared/markdown.ts'
import { profileArgument } from '../shared/profile-argument.ts'
import { sourceFields, sourceFinder } from '../shared/source-argument.ts'
import { omittedLine, unitsOf, value, viewHead } from '../shared/view-text.ts'
import { defineTool } from '../tool.ts'

const annotatedFunction = listedFunction.extend({
  source_path: z.string().optional().describe('Where its source was found'),
  context: z.array(z.object({ line: z.int(), source: z.string() })).describe('Lines around those with values'),
})

export default defineTool({
  name: 'pprof.list',
  title: 'Annotated source',
  description:
    'Shows the source lines of functions with the value spent on each, and the text where files are found. Use it when pprof.top has named a function.',
  kind: 'read',
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    function: z.string().min(1).describe('Functions (RE2)'),
    nodecount: nodecountField(10),
    ...sourceFields,
    trim_path: z.array(z.string()).default([]).describe('Prefixes to take off paths of the profile'),
    context_lines: z.int().min(0).max(50).default(3).describe('Lines around those with values'),
    sample_index: sampleIndexField,
    ...filterFields,
    ...valueFields,
    inlines: inlinesField,
    ...diffBaseArgument,
  }),
  output: listResult.extend({
    functions: z.array(annotatedFunction).describe('By name, then by file'),
  }),
  async run(context, input, options) {
    const { shown } = await openShown(context, input, options)
    const { trim_path: trimPaths, ...view } = input
    const result = list(shown, view)
    const find = sourceFinder(context, input, trimPaths)
    const functions = result.functions.map((listed) => annotate(listed, find, input.context_lines))
    const notes = [...result.notes]
    if (functions.length > 0 && functions.every((each) => each.source_path === undefined)) {
      notes.push('No source file was found: give the folder of the sources as `repo_root`, or `source_paths`.')
    }
    return { ...result, functions, notes }
  },
  text(result) {
    const unit = unitsOf(result)
    const functions = result.functions.map((each) => {
      const context = each.context.map((line) => ({ ...line, flat: 0, cum: 0 }))
      const lines = [...each.lines, ...context].sort((left, right) => left.line - right.line)
      const rows = lines.map((line) => {
        const shown = (amount: number | string) => (amount === 0 ? '.' : value(amount, unit))
        const text = (line.source ?? '').replaceAll('\t', '    ').slice(0, 200)
        return `    ${shown(line.flat).padStart(10)} ${shown(line.cum).padStart(10)} ${String(line.line).padStart(6)}: ${text}`
      })
      const head = `${code(each.name)} in ${code(each.file === '' ? 'unknown file' : each.file)}`
      return `${head}, flat ${value(each.flat, unit)}, cum ${value(each.cum, unit)}\n\n${rows.join('\n')}`
    })
    return [viewHead(result), ...functions].join('\n\n') + omittedLine(result.omitted, 'raise `nodecount`')
  },
})

type Annotated = z.output<typeof annotatedFunction>

function annotate(listed: ListedFunction, find: FindSource, contextLines: number): Annotated {
  const source = find(listed.file)
  if (source === undefined) return { ...listed, context: [] }
  const valued = new Set(listed.lines.map((each) => each.line))
  const near = new Set<number>()
  for (const line of valued) {
    const last = Math.min(line + contextLines, source.lines.length)
    for (let other = Math.max(line - contextLines, 1); other <= last; other++) if (!valued.has(other)) near.add(other)
  }
  return {
    ...listed,
    source_path: source.path,
    lines: listed.lines.map((each) => {
      const text = source.lines[each.line - 1]
      return text === undefined ? each : { ...each, source: text }
    }),
    context: [...near]
      .sort((left, right) => left - right)
      .map((line) => ({ line, source: source.lines[line - 1] ?? '' })),
  }
}
