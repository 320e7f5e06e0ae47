/** `pprof.merge`: several profiles added up into one. */
import { z } from 'zod'
import { mergeProfiles } from '../../analyzers/pprof/merge.ts'
import { meta } from '../../analyzers/pprof/meta.ts'
import { exactInteger, valueTypeResult } from '../../analyzers/pprof/view-options.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { pprofBytes, writePieces } from '../../services/profiles/write-profile.ts'
import { cell, code, table } from '../shared/markdown.ts'
import { openNamed, profileField, profileTypeField } from '../shared/profile-argument.ts'
import { value } from '../shared/view-text.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'pprof.merge',
  title: 'Merge profiles',
  description:
    'Adds profiles of one kind up into one and stores it under a handle. Snapshots (goroutines, live heap) count what lived in several of them several times.',
  kind: 'write',
  idempotent: true,
  toolset: 'pprof',
  input: z.strictObject({
    profiles: z.array(profileField()).min(1).max(1000).describe('Paths, handles or bundles'),
    type: profileTypeField('profiles'),
    output_path: z.string().min(1).optional().describe('Also write it to this file'),
  }),
  output: z.object({
    handle: z.string().describe('The merged profile, `handle:<16 hex>`'),
    inputs: z.int().describe('How many profiles were merged'),
    totals: z.array(valueTypeResult.extend({ total: exactInteger })).describe('Sum of all samples, by sample type'),
    sample_count: z.int().describe('Samples of the merged profile'),
    bytes: z.int().describe('Size of the stored file'),
    path: z.string().optional().describe('The file, when output_path was given'),
  }),
  async run(context, input, options) {
    if (input.profiles.length < 2) {
      throw new UserError({
        code: 'INVALID_ARGUMENT',
        message: 'Merging takes two profiles or more.',
        hint: 'profiles.list shows what is stored; pprof.export writes a single profile anew.',
        details: { field: 'profiles', received: input.profiles.length },
      })
    }
    const opened = []
    for (const reference of input.profiles) {
      options.progress({ done: opened.length, total: input.profiles.length, message: 'reading profiles' })
      opened.push(await openNamed(context, reference, input.type, 'type', options))
    }
    const merged = mergeProfiles(opened.map((each) => each.profile))
    const bytes = pprofBytes(merged)
    const type = opened[0]?.type ?? 'unknown'
    const [record] = await context.library.add([
      { content: { bytes }, type, name: `merge of ${opened.length} ${type} profiles`, origin: 'merge' },
    ])
    if (record === undefined) throw new Error('the library gave no record for the merged profile')
    const file = input.output_path === undefined ? undefined : context.paths.output(input.output_path)
    if (file !== undefined) await writePieces(file, [bytes], options)
    return {
      handle: record.handle,
      inputs: opened.length,
      totals: meta(merged).totals,
      sample_count: merged.samples.length,
      bytes: bytes.length,
      ...(file === undefined ? {} : { path: file }),
    }
  },
  text(result) {
    const totals = result.totals.map((each) => [cell(each.type), value(each.total, each.unit)])
    return `${result.inputs} profiles merged into ${code(result.handle)}.\n\n${table(['Type', 'Total'], totals)}`
  },
})
