/** `pprof.top`: the hottest functions. */
import { z } from 'zod'
import { top, topResult } from '../../analyzers/pprof/top.ts'
import { nodecountField, viewFields } from '../../analyzers/pprof/view-options.ts'
import { baselineArgument, baselineResult, baselineText, compareToBaseline } from '../shared/baseline-argument.ts'
import { diffBaseArgument, openShown } from '../shared/diff-argument.ts'
import { cell, table } from '../shared/markdown.ts'
import { profileArgument } from '../shared/profile-argument.ts'
import { omittedLine, percent, unitsOf, value, viewHead } from '../shared/view-text.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'pprof.top',
  title: 'Hottest functions',
  description:
    'Ranks functions by the value they use themselves (flat) or with all they call (cum), exact as google/pprof. Use it first; then pprof.peek for callers, pprof.list for lines.',
  kind: 'read',
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    cum: z.boolean().default(false).describe('Sort by cum instead of flat'),
    nodecount: nodecountField(50),
    ...viewFields,
    ...diffBaseArgument,
    ...baselineArgument,
  }),
  output: topResult.extend({
    baseline: baselineResult.optional().describe('The comparison asked for by compare_baseline'),
  }),
  async run(context, input, options) {
    const { shown, opened } = await openShown(context, input, options)
    const result = top(shown, input)
    if (!input.compare_baseline) return result
    return { ...result, baseline: await compareToBaseline(context, opened, input, options) }
  },
  text(result) {
    const unit = unitsOf(result)
    const rows = result.rows.map((row) => [
      value(row.flat, unit),
      percent(row.flat_pct),
      percent(row.sum_pct),
      value(row.cum, unit),
      percent(row.cum_pct),
      cell(row.name),
    ])
    const body = rows.length === 0 ? '' : `\n\n${table(['flat', 'flat%', 'sum%', 'cum', 'cum%', 'function'], rows)}`
    const more = omittedLine(result.omitted, 'raise `nodecount`, or 0 for all')
    const hints = result.hints.map((hint) => `\n\n${cell(hint, 300)}`).join('')
    return viewHead(result) + body + more + hints + baselineText(result.baseline)
  },
})
