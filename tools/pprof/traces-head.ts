/** `pprof.traces_head`: the first samples with whole stacks, values and labels. */
import { z } from 'zod'
import { tracesHead, tracesResult } from '../../analyzers/pprof/traces.ts'
import { filterFields, inlinesField, sampleIndexField } from '../../analyzers/pprof/view-options.ts'
import { diffBaseArgument, openShown } from '../shared/diff-argument.ts'
import { cell } from '../shared/markdown.ts'
import { profileArgument } from '../shared/profile-argument.ts'
import { omittedLine, viewHead } from '../shared/view-text.ts'
import { defineTool } from '../tool.ts'

const FRAMES_IN_TEXT = 12

export default defineTool({
  name: 'pprof.traces_head',
  title: 'First samples',
  description:
    'Returns the first samples with whole stacks, values of every sample type and labels. Use it with a filter to see concrete stacks.',
  kind: 'read',
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    limit: z.int().min(0).default(10).describe('Most samples, 0 for all'),
    nodecount: z.int().min(0).optional().describe('The same as `limit`'),
    sample_index: sampleIndexField,
    ...filterFields,
    ...diffBaseArgument,
    inlines: inlinesField,
  }),
  output: tracesResult,
  async run(context, input, options) {
    const { shown } = await openShown(context, input, options)
    return tracesHead(shown, { ...input, limit: input.nodecount ?? input.limit })
  },
  text(result) {
    const traces = result.traces.map((trace, index) => {
      const labels = Object.entries(trace.labels).map(([key, values]) => `${cell(key)}=${cell(values.join(','))}`)
      const lines = trace.frames.slice(0, FRAMES_IN_TEXT).map((frame) => {
        const place = frame.line > 0 ? ` ${cell(frame.file)}:${frame.line}` : ''
        return `    ${cell(frame.name)}${place}${frame.inlined ? ' (inline)' : ''}`
      })
      const rest = trace.frames.length - FRAMES_IN_TEXT
      if (rest > 0) lines.push(`    … ${rest} more frames`)
      return [`${index + 1}. ${[trace.values.join(' / '), ...labels].join(' ')}`, ...lines].join('\n')
    })
    return [viewHead(result), ...traces].join('\n\n') + omittedLine(result.omitted, 'raise `limit`')
  },
})
