/** `profiles.baselines`: which baselines there are, and what one rests on. */
import { z } from 'zod'
import type { BaselineEntry } from '../../services/profiles/library.ts'
import { profileTypes } from '../../services/profiles/profile-type.ts'
import { cell, table } from '../shared/markdown.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'profiles.baselines',
  title: 'List baselines',
  description:
    'Lists the baselines that pprof.top keeps with `compare_baseline`; with `key`, the profiles behind them too.',
  kind: 'read',
  toolset: 'profiles',
  input: z.strictObject({
    key: z.string().min(1).max(200).optional().describe('Only baselines of this name (`service:env`), with history'),
  }),
  output: z.object({
    baselines: z
      .array(
        z.object({
          key: z.string().describe('Its name'),
          type: z.enum(profileTypes).describe('Type of its profiles'),
          sample_type: z.string().describe('Sample type compared'),
          profiles: z.int().describe('How many profiles it rests on'),
          updated_at: z.string().describe('When the last one was added'),
          history: z
            .array(
              z.object({
                sha256: z.string().describe('Content of the profile'),
                taken_at: z.string().nullable().describe('When it was taken'),
                recorded_at: z.string().describe('When it was added'),
                per_second: z.number().nullable().describe('Its total per second'),
                top: z.string().nullable().describe('Its hottest function'),
              }),
            )
            .optional()
            .describe('Oldest first, with `key`'),
        }),
      )
      .describe('By name, type and sample type'),
    hint: z.string().optional().describe('What to do next where there is none'),
  }),
  async run({ library }, { key }) {
    const all = await library.baselines.list()
    const chosen = all.filter((each) => key === undefined || each.key === key)
    const baselines = []
    for (const { sampleType, entries, updatedAt, ...each } of chosen) {
      const head = { ...each, sample_type: sampleType, profiles: entries, updated_at: updatedAt }
      if (key === undefined) baselines.push(head)
      else {
        const { history } = await library.baselines.load({ ...each, sampleType })
        baselines.push({ ...head, history: history.map(shownEntry) })
      }
    }
    if (baselines.length > 0) return { baselines }
    return { baselines, hint: all.length > 0 ? otherNames(all) : NONE_YET }
  },
  text({ baselines, hint }) {
    if (hint !== undefined) return hint
    return table(
      ['Baseline', 'Type', 'Sample type', 'Profiles', 'Updated'],
      baselines.map((each) => [
        cell(each.key),
        each.type,
        cell(each.sample_type),
        String(each.profiles),
        each.updated_at,
      ]),
    )
  },
})

const NONE_YET = 'There is no baseline. `pprof.top` with `compare_baseline` begins one.'

function otherNames(all: readonly { readonly key: string }[]): string {
  const names = [...new Set(all.map((each) => each.key))]
  const more = names.length > 10 ? ` and ${names.length - 10} more` : ''
  return `There is no baseline of this name; there are ${names.slice(0, 10).join(', ')}${more}.`
}

function shownEntry(entry: BaselineEntry) {
  const hottest = entry.functions.reduce<BaselineEntry['functions'][number] | undefined>(
    (best, each) => (best === undefined || each.flatPct > best.flatPct ? each : best),
    undefined,
  )
  return {
    sha256: entry.sha256,
    taken_at: entry.takenAt,
    recorded_at: entry.recordedAt,
    per_second: entry.perSecond,
    top: hottest?.name ?? null,
  }
}
