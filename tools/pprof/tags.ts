/** `pprof.tags`: values broken down by label. */
import { z } from 'zod'
import { tags, tagsResult } from '../../analyzers/pprof/tags.ts'
import { filterFields, sampleIndexField, valueFields } from '../../analyzers/pprof/view-options.ts'
import { diffBaseArgument, openShown } from '../shared/diff-argument.ts'
import { cell, code, table } from '../shared/markdown.ts'
import { profileArgument } from '../shared/profile-argument.ts'
import { omittedLine, percent, unitsOf, value, viewHead } from '../shared/view-text.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'pprof.tags',
  title: 'Values by label',
  description:
    'Breaks a profile down by its labels (tenant, endpoint, …): the total of each value. Give one to `tag_focus` of any view next.',
  kind: 'read',
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    nodecount: z.int().min(0).default(20).describe('Most values of each key, 0 for all'),
    sample_index: sampleIndexField,
    ...filterFields,
    ...valueFields,
    ...diffBaseArgument,
  }),
  output: tagsResult,
  async run(context, input, options) {
    const { shown } = await openShown(context, input, options)
    return tags(shown, input)
  },
  text(result) {
    const unit = unitsOf(result)
    const keys = result.tags.map((tag) => {
      const rows = tag.values.map((each) => [
        value(each.total, unit),
        percent(each.pct),
        cell(typeof each.value === 'number' ? `${each.value} ${tag.unit ?? ''}` : each.value),
      ])
      return `${code(tag.key)}: ${value(tag.total, unit)} (${percent(tag.pct)})\n\n${table(['Value', '%', 'Label'], rows)}`
    })
    return [viewHead(result), ...keys].join('\n\n') + omittedLine(result.omitted, 'raise `nodecount`')
  },
})
