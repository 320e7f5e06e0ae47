/**
 * How the program gets to a function: the call paths from the root to its outermost call, equal ones added up. The
 * values of all paths add up to the function's cumulative value.
 */
import { z } from 'zod'
import { compileRegularExpression } from '../shared/regular-expression.ts'
import { type ExactInteger, exactAt, exactSums, toDouble } from './int64.ts'
import type { Profile } from './profile.ts'
import { SequenceTable } from './sequence-table.ts'
import { largest } from './top.ts'
import { shownValue, type View, viewHeadOf, viewOf } from './view.ts'
import { noMatchNote, viewNotes } from './view-notes.ts'
import { exactInteger, type ViewOptions, viewResult } from './view-options.ts'

export const focusPathsResult = z.object({
  ...viewResult,
  paths: z
    .array(
      z.object({
        frames: z.array(z.string()).describe('From the root to the function; of a longer path the last 1000'),
        omitted_frames: z.int().describe('Frames before those'),
        value: exactInteger.describe('Value of the samples that take this path'),
        pct: z.number().describe('value in percent of pct_base'),
      }),
    )
    .describe('Largest first'),
  matched_total: exactInteger.describe('Sum over all paths: the cumulative value of what matches'),
  omitted: z.int().describe('Paths left out by nodecount'),
})
export type FocusPathsResult = z.output<typeof focusPathsResult>

/** Stacks can be a hundred thousand frames deep; nobody reads more of one. */
const MAX_FRAMES = 1000

export interface FocusPathsOptions extends ViewOptions {
  readonly function: string
  readonly nodecount?: number | undefined
}

export function focusPaths(profile: Profile, options: FocusPathsOptions): FocusPathsResult {
  const pattern = compileRegularExpression(options.function)
  const view = viewOf(profile, options)
  const isTarget = Uint8Array.from(view.table.frames, (frame) => (pattern.test(frame.name) ? 1 : 0))
  const paths = new SequenceTable()
  const pathOfStack = collectPaths(view, isTarget, paths)
  const [sums = new Float64Array(0)] = exactSums(view.stacks.weights, (weights) => {
    const values = new Float64Array(paths.length + 1)
    for (let stack = 0; stack < pathOfStack.length; stack++) {
      const path = pathOfStack[stack] ?? 0
      if (path === 0) continue
      values[path] = (values[path] ?? 0) + (weights[stack] ?? 0)
      values[0] = (values[0] ?? 0) + (weights[stack] ?? 0)
    }
    return [values]
  })
  const { offsets, data } = paths.finish()
  const namesOf = (path: number) =>
    Array.from(data.subarray(offsets[path], offsets[path + 1]), (frame) => view.table.frames[frame]?.name ?? '')
  const taken = Array.from({ length: paths.length }, (_, path) => path).filter((path) => Number(sums[path + 1]) !== 0)
  const shown = largest(taken, options.nodecount ?? 0, {
    magnitude: (path) => Math.abs(Number(sums[path + 1] ?? 0)),
    name: (path) => namesOf(path).join('\n'),
  })
  const base = Number(view.pctBase)
  const percent = (value: ExactInteger) => (base === 0 ? 0 : (toDouble(value) / base) * 100)
  const notes = viewNotes(view)
  if (taken.length === 0) notes.push(noMatchNote(view, options.function))
  return {
    ...viewHeadOf(view),
    paths: shown.map((path) => {
      const frames = namesOf(path)
      const value = exactAt(sums, path + 1)
      return {
        frames: frames.slice(-MAX_FRAMES),
        omitted_frames: Math.max(0, frames.length - MAX_FRAMES),
        value: shownValue(view, value),
        pct: percent(value),
      }
    }),
    matched_total: shownValue(view, exactAt(sums, 0)),
    omitted: taken.length - shown.length,
    notes,
  }
}

/** For each stack the number of its path plus one, or 0 where it has no target. */
function collectPaths(view: View, isTarget: Uint8Array, paths: SequenceTable): Uint32Array {
  const { profile, table, stacks } = view
  const pathOfStack = new Uint32Array(profile.stacks.length)
  let frames = new Uint32Array(256)
  for (let stack = 0; stack < profile.stacks.length; stack++) {
    if (stacks.live[stack] === 0) continue
    let depth = 0
    const start = profile.stacks.offsets[stack] ?? 0
    outward: for (let i = (profile.stacks.offsets[stack + 1] ?? 0) - 1; i >= start; i--) {
      const location = profile.stacks.locations[i] ?? 0
      const first = table.offsets[location] ?? 0
      for (let j = (table.offsets[location + 1] ?? 0) - 1; j >= first; j--) {
        const frame = table.ids[j] ?? 0
        if (depth === frames.length) {
          const larger = new Uint32Array(frames.length * 2)
          larger.set(frames)
          frames = larger
        }
        frames[depth++] = frame
        if (isTarget[frame] === 1) {
          pathOfStack[stack] = paths.intern(frames, depth) + 1
          break outward
        }
      }
    }
  }
  return pathOfStack
}
