/** Who calls the matching functions and whom they call, with the value that flows over each call. */
import { z } from 'zod'
import { compileRegularExpression } from '../shared/regular-expression.ts'
import { callEdges, type EdgeColumns } from './graph.ts'
import { type ExactInteger, exactAt, toDouble, toExact } from './int64.ts'
import type { Profile } from './profile.ts'
import { compareNames, framesWithValue, largestFrames } from './top.ts'
import { frameSums, type View, viewOf } from './view.ts'
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
        callers: z.array(neighbour).describe('Largest first; a recursive function is among its own callers'),
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
  const edges = callEdges(view.profile, view.table, view.stacks, { touching })
  const callers = neighboursOf(view, edges, edges.callee, edges.caller)
  const callees = neighboursOf(view, edges, edges.caller, edges.callee)
  const base = Number(view.pctBase)
  const percent = (value: ExactInteger) => (base === 0 ? 0 : (toDouble(value) / base) * 100)
  const notes = viewNotes(view)
  if (matching.length === 0) notes.push(noMatchNote(view, options.regex))
  return {
    sample_type: view.sampleType,
    total: toExact(view.total),
    pct_base: toExact(view.pctBase),
    nodes: shown.map((frame) => {
      const flatValue = exactAt(flat, frame)
      const cumValue = exactAt(cum, frame)
      return {
        name: view.table.frames[frame]?.name ?? '',
        file: view.table.frames[frame]?.file ?? '',
        flat: flatValue,
        cum: cumValue,
        flat_pct: percent(flatValue),
        cum_pct: percent(cumValue),
        callers: callers(frame),
        callees: callees(frame),
      }
    }),
    omitted: matching.length - shown.length,
    notes,
  }
}

interface Neighbour {
  name: string
  value: ExactInteger
  inline: boolean
}

function neighboursOf(
  view: View,
  edges: EdgeColumns,
  ofEnd: Uint32Array,
  otherEnd: Uint32Array,
): (frame: number) => Neighbour[] {
  const byFrame = new Map<number, Neighbour[]>()
  for (let edge = 0; edge < edges.length; edge++) {
    const frame = ofEnd[edge] ?? 0
    const list = byFrame.get(frame) ?? []
    if (list.length === 0) byFrame.set(frame, list)
    list.push({
      name: view.table.frames[otherEnd[edge] ?? 0]?.name ?? '',
      value: exactAt(edges.weight, edge),
      inline: edges.inline[edge] === 1,
    })
  }
  return (frame) =>
    (byFrame.get(frame) ?? []).sort(
      (left, right) =>
        Math.abs(toDouble(right.value)) - Math.abs(toDouble(left.value)) || compareNames(left.name, right.name),
    )
}
