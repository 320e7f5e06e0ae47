/** `pprof.diff_top`: what changed between two profiles. */
import { z } from 'zod'
import { diffTop, diffTopResult } from '../../analyzers/pprof/diff-top.ts'
import { nodecountField, viewFields } from '../../analyzers/pprof/view-options.ts'
import { normalizeField } from '../shared/diff-argument.ts'
import { cell, table } from '../shared/markdown.ts'
import { openNamed, profileField, profileTypeField } from '../shared/profile-argument.ts'
import { omittedLine, percent, unitsOf, value, viewHead } from '../shared/view-text.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'pprof.diff_top',
  title: 'What changed between two profiles',
  description:
    'Ranks functions by how much their value changed from one profile to another. Use `normalize` when the two cover different loads or durations.',
  kind: 'read',
  toolset: 'pprof',
  input: z.strictObject({
    before: profileField('Earlier profile'),
    before_type: profileTypeField('before'),
    after: profileField('Later profile'),
    after_type: profileTypeField('after'),
    normalize: normalizeField,
    cum: z.boolean().default(false).describe('Sort by the change of cum instead of flat'),
    nodecount: nodecountField(50),
    ...viewFields,
  }),
  output: diffTopResult,
  async run(context, input, options) {
    const before = await openNamed(context, input.before, input.before_type, 'before_type', options)
    const after = await openNamed(context, input.after, input.after_type, 'after_type', options)
    return diffTop(before.profile, after.profile, input)
  },
  text(result) {
    const unit = unitsOf(result)
    const rows = result.rows.map((row) => [
      value(row.flat, unit),
      percent(row.flat_pct),
      value(row.cum, unit),
      `${value(row.before_flat, unit)} → ${value(row.after_flat, unit)}`,
      cell(row.name),
    ])
    const totals = `Total ${value(result.before_total, unit)} → ${value(result.after_total, unit)}`
    const body =
      rows.length === 0 ? '' : `\n\n${table(['flat', 'flat%', 'cum', 'flat before → after', 'function'], rows)}`
    return `${viewHead(result)}\n\n${totals}${body}${omittedLine(result.omitted, 'raise `nodecount`, or 0 for all')}`
  },
})
