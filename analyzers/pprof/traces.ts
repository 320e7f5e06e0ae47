/**
 * Single samples with their whole stacks, values and labels: what a profile is made of, for a first look or a proof.
 */
import { z } from 'zod'
import { type ExactInteger, exactAt, toExact } from './int64.ts'
import { labelsOf } from './label-sets.ts'
import { NONE, type Profile } from './profile.ts'
import { type View, viewHeadOf, viewOf } from './view.ts'
import { viewNotes } from './view-notes.ts'
import { exactInteger, type ViewOptions, valueTypeResult, viewResult } from './view-options.ts'

const labelValue = z.union([z.string(), exactInteger])

export const tracesResult = z.object({
  ...viewResult,
  sample_types: z.array(valueTypeResult).describe('What `values` of each trace are, in this order'),
  traces: z
    .array(
      z.object({
        frames: z
          .array(
            z.object({
              name: z.string(),
              file: z.string(),
              line: z.int(),
              inlined: z.boolean().describe('Inlined into the frame below it in this list'),
            }),
          )
          .describe('Innermost first, at most 1000'),
        omitted_frames: z.int().describe('Frames beyond those, on the side of the root'),
        values: z.array(exactInteger),
        labels: z
          .record(z.string(), z.array(labelValue))
          .describe('By key; numbers in the unit that label_units names'),
      }),
    )
    .describe('In the order of the file'),
  label_units: z.record(z.string(), z.string()).describe('Units of numeric label keys'),
  omitted: z.int().describe('Samples left out by limit'),
})
export type TracesResult = z.output<typeof tracesResult>

export interface TracesOptions extends ViewOptions {
  /** 0 for all. */
  readonly limit?: number | undefined
}

export function tracesHead(profile: Profile, options: TracesOptions = {}): TracesResult {
  const view = viewOf(profile, { ...options, granularity: 'line' })
  const { samples, stacks } = view.profile
  const shown: number[] = []
  let count = 0
  for (let sample = 0; sample < samples.length; sample++) {
    const stack = samples.stack[sample] ?? 0
    if (stacks.offsets[stack] === stacks.offsets[stack + 1]) continue
    count++
    if (!options.limit || shown.length < options.limit) shown.push(sample)
  }
  const units: Record<string, string> = {}
  const traces = shown.map((sample) => ({
    ...framesOfStack(view, samples.stack[sample] ?? 0),
    values: samples.values.map((column) => exactAt(column, sample)),
    labels: labelsByKey(view.profile, samples.labelSet[sample] ?? 0, units),
  }))
  return {
    ...viewHeadOf(view),
    sample_types: [...view.whole.sampleTypes],
    traces,
    label_units: units,
    omitted: count - shown.length,
    notes: viewNotes(view),
  }
}

interface TraceFrame {
  name: string
  file: string
  line: number
  inlined: boolean
}

/** Stacks can be a hundred thousand frames deep; nobody reads more of one. */
const MAX_FRAMES = 1000

function framesOfStack(view: View, stack: number): { frames: TraceFrame[]; omitted_frames: number } {
  const { profile, table } = view
  const frames: TraceFrame[] = []
  let omitted = 0
  const end = profile.stacks.offsets[stack + 1] ?? 0
  for (let i = profile.stacks.offsets[stack] ?? 0; i < end; i++) {
    const location = profile.stacks.locations[i] ?? 0
    const last = (table.offsets[location + 1] ?? 0) - 1
    for (let j = table.offsets[location] ?? 0; j <= last; j++) {
      if (frames.length === MAX_FRAMES) {
        omitted++
        continue
      }
      const frame = table.frames[table.ids[j] ?? NONE]
      frames.push({
        name: frame?.functionName || (frame?.name ?? ''),
        file: frame?.file ?? '',
        line: frame?.line ?? 0,
        inlined: j < last,
      })
    }
  }
  return { frames, omitted_frames: omitted }
}

function labelsByKey(
  profile: Profile,
  set: number,
  units: Record<string, string>,
): Record<string, (string | ExactInteger)[]> {
  const labels = new Map<string, (string | ExactInteger)[]>()
  for (const label of labelsOf(profile, set)) {
    const values = labels.get(label.key) ?? []
    values.push(label.text ?? toExact(label.number))
    labels.set(label.key, values)
    if (label.text === null && label.unit !== '') units[label.key] ??= label.unit
  }
  return Object.fromEntries(labels)
}
