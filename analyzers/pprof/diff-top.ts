/** What changed between two profiles, frame by frame. The deltas are those of `go tool pprof -diff_base`. */
import { z } from 'zod'
import { subtract } from './diff.ts'
import { type ExactInteger, exactAt, toDouble, toExact } from './int64.ts'
import type { Profile } from './profile.ts'
import { framesWithValue, largestFrames } from './top.ts'
import { frameSums, shownValue, type View, viewOf } from './view.ts'
import { viewNotes } from './view-notes.ts'
import { exactInteger, type ViewOptions, valueTypeResult } from './view-options.ts'

export const diffTopResult = z.object({
  sample_type: valueTypeResult.describe('The sample type of all values'),
  unit_shown: z.string().optional().describe('The unit that was asked for, for texts'),
  total: exactInteger.describe('Change of the total: after minus before, filters applied'),
  before_total: exactInteger.describe('Total before, filters applied'),
  after_total: exactInteger.describe('Total after, filters applied, normalised where asked'),
  pct_base: exactInteger.describe('What percentages refer to: the sum of magnitudes before, without filters'),
  rows: z
    .array(
      z.object({
        name: z.string(),
        file: z.string(),
        line: z.int(),
        flat: exactInteger.describe('Change of the flat value'),
        cum: exactInteger.describe('Change of the cumulative value'),
        flat_pct: z.number().describe('flat in percent of pct_base'),
        cum_pct: z.number().describe('cum in percent of pct_base'),
        before_flat: exactInteger,
        after_flat: exactInteger,
        before_cum: exactInteger,
        after_cum: exactInteger,
      }),
    )
    .describe('Largest change first; frames that did not change are left out'),
  omitted: z.int().describe('Rows left out by nodecount'),
  notes: z.array(z.string()).describe('What the reader should know: filters that matched nothing, why it is empty'),
})
export type DiffTopResult = z.output<typeof diffTopResult>

export interface DiffTopOptions extends ViewOptions {
  readonly cum?: boolean | undefined
  readonly normalize?: boolean | undefined
  readonly nodecount?: number | undefined
}

/** @throws UserError when the two measure different things. */
export function diffTop(before: Profile, after: Profile, options: DiffTopOptions = {}): DiffTopResult {
  const { difference, base, profile } = subtract(after, before, { normalize: options.normalize })
  const view = viewOf(difference, options)
  const sums = frameSums(view)
  const { flat, cum } = sums
  const sides = { before: sideOf(viewOf(base, options)), after: sideOf(viewOf(profile, options)) }
  const changed = framesWithValue(view, sums)
  const shown = largestFrames(view, changed, options.cum === true ? cum : flat, options.nodecount)
  const pctBase = Number(view.pctBase)
  const percent = (value: ExactInteger) => (pctBase === 0 ? 0 : (toDouble(value) / pctBase) * 100)
  const value = (exact: ExactInteger | bigint) => shownValue(view, exact)
  const notes = viewNotes(view)
  if (changed.length === 0 && notes.length === 0) notes.push('No frame changed.')
  return {
    sample_type: view.sampleType,
    ...(view.unit === undefined ? {} : { unit_shown: view.unit }),
    total: value(view.total),
    before_total: value(sides.before.total),
    after_total: value(sides.after.total),
    pct_base: value(view.pctBase),
    rows: shown.map((frame) => {
      const { name, file, line } = view.table.frames[frame] ?? { name: '', file: '', line: 0 }
      const values = { flat: exactAt(flat, frame), cum: exactAt(cum, frame) }
      const beforeSums = sides.before.of(name)
      const afterSums = sides.after.of(name)
      return {
        name,
        file,
        line,
        flat: value(values.flat),
        cum: value(values.cum),
        flat_pct: percent(values.flat),
        cum_pct: percent(values.cum),
        before_flat: value(beforeSums.flat),
        after_flat: value(afterSums.flat),
        before_cum: value(beforeSums.cum),
        after_cum: value(afterSums.cum),
      }
    }),
    omitted: changed.length - shown.length,
    notes,
  }
}

interface Side {
  readonly total: ExactInteger
  of(name: string): { flat: ExactInteger; cum: ExactInteger }
}

function sideOf(view: View): Side {
  const { flat, cum } = frameSums(view)
  const frameOfName = new Map(view.table.frames.map((frame, index) => [frame.name, index]))
  return {
    total: toExact(view.total),
    of(name) {
      const frame = frameOfName.get(name)
      return frame === undefined ? { flat: 0, cum: 0 } : { flat: exactAt(flat, frame), cum: exactAt(cum, frame) }
    },
  }
}
