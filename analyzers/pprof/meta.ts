/** What a profile says about itself: types, totals, period, time, labels, binaries, size. */
import { z } from 'zod'
import { sumOf, toExact } from './int64.ts'
import { labelKeys, numericUnits } from './label-sets.ts'
import { defaultSampleIndex, type Profile } from './profile.ts'
import { exactInteger, valueTypeResult } from './view-options.ts'

export const metaResult = z.object({
  sample_types: z.array(valueTypeResult).describe('What the values of a sample are, in order'),
  default_sample_index: z.int().describe('The sample type shown when nothing is asked for; -1 when there is none'),
  totals: z.array(valueTypeResult.extend({ total: exactInteger })).describe('Sum of all samples, by sample type'),
  period_type: valueTypeResult.nullable().describe('What one sample stands for; null where unknown'),
  period: exactInteger.describe('One sample stands for this much of period_type'),
  time_nanos: exactInteger.describe('When it was taken, Unix time in nanoseconds; 0 where unknown'),
  time: z.string().nullable().describe('The same as ISO 8601'),
  duration_nanos: exactInteger.describe('How long it was taken; 0 where unknown'),
  sample_count: z.int().describe('Samples in the file'),
  stack_count: z.int().describe('Different stacks'),
  max_depth: z.int().describe('Locations in the deepest stack'),
  location_count: z.int().describe('Different code addresses'),
  function_count: z.int().describe('Functions'),
  has_inlined_frames: z.boolean().describe('Whether locations tell what was inlined into them'),
  unsymbolized_locations: z.int().describe('Locations without a function name'),
  label_keys: z.array(z.string()).describe('Keys of all labels, sorted; pprof.tags breaks values down by them'),
  numeric_labels: z
    .array(z.object({ key: z.string(), unit: z.string() }))
    .describe('Keys with numbers, and their unit'),
  mappings: z
    .array(z.object({ file: z.string(), build_id: z.string(), start: z.string(), limit: z.string() }))
    .describe('Binaries and libraries, the main one first'),
  comments: z.array(z.string()).describe('Free text of the producer'),
  go_version: z.string().nullable().describe('Where a comment names it'),
  drop_frames: z.string().describe('Frames the producer wants dropped, as a regular expression; views obey it'),
  keep_frames: z.string().describe('Exceptions from drop_frames'),
  doc_url: z.string().describe('Documentation of this kind of profile'),
  notes: z.array(z.string()).describe('What an importer had to leave out'),
})
export type MetaResult = z.output<typeof metaResult>

export function meta(profile: Profile): MetaResult {
  const { samples, locations, mappings } = profile
  const used = new Uint8Array(profile.labelSets.length)
  for (const set of samples.labelSet) used[set] = 1
  return {
    sample_types: [...profile.sampleTypes],
    default_sample_index: defaultSampleIndex(profile),
    totals: profile.sampleTypes.map((sampleType, index) => ({
      ...sampleType,
      total: toExact(sumOf(samples.values[index] ?? new Float64Array(0))),
    })),
    period_type: profile.periodType,
    period: toExact(profile.period),
    time_nanos: toExact(profile.timeNanos),
    time: isoTime(profile.timeNanos),
    duration_nanos: toExact(profile.durationNanos),
    sample_count: samples.length,
    stack_count: profile.stacks.length,
    max_depth: maxDepth(profile),
    location_count: locations.length,
    function_count: profile.functions.length,
    has_inlined_frames: profile.lines.length > locations.length,
    unsymbolized_locations: unsymbolized(profile),
    label_keys: labelKeys(profile),
    numeric_labels: [...numericUnits(profile)].map(([key, unit]) => ({ key, unit })),
    mappings: mappings.map((mapping) => ({
      file: mapping.file,
      build_id: mapping.buildId,
      start: `0x${mapping.start.toString(16)}`,
      limit: `0x${mapping.limit.toString(16)}`,
    })),
    comments: [...profile.comments],
    go_version: goVersion(profile.comments),
    drop_frames: profile.dropFrames,
    keep_frames: profile.keepFrames,
    doc_url: profile.docUrl,
    notes: [...profile.warnings],
  }
}

/** ISO 8601 to the millisecond; null for an unknown or impossible time. */
function isoTime(nanos: bigint): string | null {
  const date = new Date(Number(nanos / 1_000_000n))
  return nanos === 0n || Number.isNaN(date.getTime()) ? null : date.toISOString()
}

function goVersion(comments: readonly string[]): string | null {
  for (const comment of comments) {
    const match = /\bgo\d+\.\d+\S*/.exec(comment)
    if (match !== null) return match[0]
  }
  return null
}

function maxDepth(profile: Profile): number {
  const { offsets, length } = profile.stacks
  let deepest = 0
  for (let stack = 0; stack < length; stack++) {
    deepest = Math.max(deepest, (offsets[stack + 1] ?? 0) - (offsets[stack] ?? 0))
  }
  return deepest
}

function unsymbolized(profile: Profile): number {
  const { lineOffsets, length } = profile.locations
  let count = 0
  for (let location = 0; location < length; location++) if (lineOffsets[location] === lineOffsets[location + 1]) count++
  return count
}
