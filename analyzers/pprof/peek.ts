/** Who calls the matching functions and whom they call, with the value that flows over each call. */
import { z } from 'zod'
import { compileRegularExpression } from '../shared/regular-expression.ts'
import { callEdges, type EdgeColumns } from './graph.ts'
import { type ExactInteger, exactAt, toDouble } from './int64.ts'
import type { Profile } from './profile.ts'
import { compareNames, framesWithValue, largestFrames } from './top.ts'
import { frameSums, meanColumn, shownValue, type View, viewHeadOf, viewOf } from './view.ts'
import { noMatchNote, viewNotes } from './view-notes.ts'
import { exactInteger, type ViewOptions, viewResult } from './view-options.ts'

const neighbour = z.object({
  name: z.string(),
  value: exactInteger.describe('Value of the stacks with this call'),
  inline: z.boolean().describe('Every such call was inlined'),
})

export const peekResult = z.object({
  ...viewResult,
  nodes: z
    .array(
      z.object({
        name: z.string(),
        file: z.string(),
        flat: exactInteger,
        cum: exactInteger,
        flat_pct: z.number(),
        cum_pct: z.number(),
        callers: z
          .array(neighbour)
          .describe('With values of their own, largest first; a recursive function is among its own callers'),
        cancelled_callers: z
          .array(neighbour)
          .describe('Callers of a difference whose own values cancel out to nothing, so they are no rows of any view'),
        callees: z.array(neighbour).describe('Largest first'),
      }),
    )
    .describe('Matching frames, largest flat first'),
  omitted: z.int().describe('Matching frames left out by nodecount'),
})
export type PeekResult = z.output<typeof peekResult>

export interface PeekOptions extends ViewOptions {
  readonly regex: string
  readonly nodecount?: number | undefined
}

export function peek(profile: Profile, options: PeekOptions): PeekResult {
  const pattern = compileRegularExpression(options.regex)
  const view = viewOf(profile, options)
  const sums = frameSums(view)
  const { flat, cum } = sums
  const matching = framesWithValue(view, sums).filter((frame) => pattern.test(view.table.frames[frame]?.name ?? ''))
  const shown = largestFrames(view, matching, flat, options.nodecount)
  const touching = new Uint8Array(view.table.frames.length)
  for (const frame of shown) touching[frame] = 1
  const edges = shownEdges(view, touching)
  const present = new Uint8Array(view.table.frames.length)
  for (const frame of framesWithValue(view, sums)) present[frame] = 1
  const callers = neighboursOf(view, edges, edges.callee, edges.caller)
  const callees = neighboursOf(view, edges, edges.caller, edges.callee)
  const base = Number(view.pctBase)
  const percent = (value: ExactInteger) => (base === 0 ? 0 : (toDouble(value) / base) * 100)
  const notes = viewNotes(view)
  if (matching.length === 0) notes.push(noMatchNote(view, options.regex))
  return {
    ...viewHeadOf(view),
    nodes: shown.map((frame) => {
      const flatValue = exactAt(flat, frame)
      const cumValue = exactAt(cum, frame)
      return {
        name: view.table.frames[frame]?.name ?? '',
        file: view.table.frames[frame]?.file ?? '',
        flat: shownValue(view, flatValue),
        cum: shownValue(view, cumValue),
        flat_pct: percent(flatValue),
        cum_pct: percent(cumValue),
        callers: callers(frame, present),
        cancelled_callers: callers(frame, present.map(inverse)),
        callees: callees(frame),
      }
    }),
    omitted: matching.length - shown.length,
    notes,
  }
}

const inverse = (flag: number): number => 1 - flag

/** Edges that touch such a frame, with the values that the view shows. */
function shownEdges(view: View, touching: Uint8Array): EdgeColumns {
  const edges = callEdges(view.profile, view.table, view.stacks, { touching })
  if (view.divisors === null) return edges
  const counts = callEdges(view.profile, view.table, { ...view.divisors, live: view.stacks.live }, { touching })
  return { ...edges, weight: meanColumn(edges.weight, counts.weight) }
}

interface Neighbour {
  readonly frame: number
  name: string
  value: ExactInteger
  inline: boolean
}

function neighboursOf(
  view: View,
  edges: EdgeColumns,
  ofEnd: Uint32Array,
  otherEnd: Uint32Array,
): (frame: number, among?: Uint8Array) => z.output<typeof neighbour>[] {
  const byFrame = new Map<number, Neighbour[]>()
  for (let edge = 0; edge < edges.length; edge++) {
    const frame = ofEnd[edge] ?? 0
    const list = byFrame.get(frame) ?? []
    if (list.length === 0) byFrame.set(frame, list)
    const other = otherEnd[edge] ?? 0
    list.push({
      frame: other,
      name: view.table.frames[other]?.name ?? '',
      value: exactAt(edges.weight, edge),
      inline: edges.inline[edge] === 1,
    })
  }
  return (frame, among) =>
    (byFrame.get(frame) ?? [])
      .filter((each) => among === undefined || among[each.frame] === 1)
      .sort(
        (left, right) =>
          Math.abs(toDouble(right.value)) - Math.abs(toDouble(left.value)) || compareNames(left.name, right.name),
      )
      .map(({ name, value, inline }) => ({ name, value: shownValue(view, value), inline }))
}
