/**
 * The one scale of differential flame graphs, for views and for exported pictures: from which share of the whole on a
 * change is how strong, how much hue each strength has, and which hues. Views take their hues from the user's theme.
 */
import type { FlameGraph } from './flame-layout.ts'

/** From which share of the whole before a change has each strength of its colour; below the first it has none. */
export const changeSteps = [0.0005, 0.005, 0.02, 0.1] as const

/** How much of its hue the colour of each strength has; the rest is background. */
export const changeTints = [0.2, 0.4, 0.6, 0.82] as const

/** What grew is warm, what shrank is blue: no common colour blindness confuses the two. For pictures without a theme. */
export const changeHues = { more: [209, 134, 22], less: [26, 133, 255] } as const

export interface Change {
  readonly direction: keyof typeof changeHues
  /** An index into `changeSteps`. */
  readonly step: number
}

/** `null` where the change is too slight to be coloured. */
export function changeAt(graph: FlameGraph, node: number): Change | null {
  const change = (graph.cum[node] ?? 0) - (graph.baseCum?.[node] ?? 0)
  const whole = Math.abs(graph.baseCum?.[0] ?? 0) || Math.abs(graph.cum[0] ?? 0) || 1
  const step = changeSteps.findLastIndex((share) => Math.abs(change) / whole >= share)
  return step < 0 ? null : { direction: change > 0 ? 'more' : 'less', step }
}
