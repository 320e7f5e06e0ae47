/** `pprof.meta`: what a profile says about itself. */
import { z } from 'zod'
import { meta, metaResult } from '../../analyzers/pprof/meta.ts'
import { profileTypes } from '../../services/profiles/profile-type.ts'
import { cell, code, table } from '../shared/markdown.ts'
import { openProfile, profileArgument } from '../shared/profile-argument.ts'
import { value } from '../shared/view-text.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'pprof.meta',
  title: 'Describe a profile',
  description:
    'Tells what a profile holds: sample types with totals, period, time, label keys, binaries. Call it first to choose `sample_index`.',
  kind: 'read',
  toolset: 'pprof',
  input: z.strictObject(profileArgument),
  output: metaResult.extend({
    profile: z.string().describe('The profile as it was named'),
    type: z.enum(profileTypes).describe('Kind of profile'),
  }),
  async run(context, input, options) {
    const opened = await openProfile(context, input, options)
    return { profile: opened.label, type: opened.type, ...meta(opened.profile) }
  },
  text(result) {
    const totals = result.totals.map((each, index) => [
      `${index}${index === result.default_sample_index ? ' (default)' : ''}`,
      cell(each.type),
      cell(each.unit),
      value(each.total, each.unit),
    ])
    const facts = [
      `${result.type} profile, ${result.sample_count} samples, ${result.function_count} functions`,
      result.time === null ? '' : `taken ${result.time}`,
      Number(result.duration_nanos) > 0 ? `over ${value(result.duration_nanos, 'nanoseconds')}` : '',
    ]
    const labels =
      result.label_keys.length === 0 ? '' : `\n\nLabels: ${result.label_keys.map((key) => code(key)).join(', ')}`
    return `${facts.filter((fact) => fact !== '').join(', ')}.\n\n${table(['#', 'Type', 'Unit', 'Total'], totals)}${labels}`
  },
})
