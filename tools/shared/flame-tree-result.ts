/** A small flame graph in a tool's result, for hosts that show it as a view; see `webviews/mcp-app`. */
import { z } from 'zod'
import { flameGraph } from '../../analyzers/pprof/flame-graph.ts'
import { type FlameTree, toFlameTree } from '../../analyzers/pprof/flame-tree.ts'
import type { View } from '../../analyzers/pprof/view.ts'

export const flameTree = z.object({
  sample_type: z.object({ type: z.string(), unit: z.string() }).describe('What the values are'),
  frames: z
    .array(
      z.object({
        name: z.string().describe('Function'),
        file: z.string().describe('Source file, or empty'),
        line: z.int().describe('Line it starts at, or 0'),
        mapping: z.string().describe('Binary it came from, or empty'),
      }),
    )
    .describe('Functions; the first stands for the whole'),
  parent: z.array(z.int()).describe('Parent of each node, by depth, then from left to right; -1 for the root'),
  frame: z.array(z.int()).describe('Function of each node'),
  flat: z.array(z.number()).describe('Own value of each node'),
})

/** Some 40 kB of JSON: what a conversation can carry. */
const MAX_NODES = 2_000
const SHARES = [0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2]

/** The graph with its narrowest nodes left out until it is small enough, and the share below which they are. */
export function smallFlameTree(
  view: View,
  inverted: boolean,
): { readonly tree: FlameTree; readonly leftOutBelow: number } {
  for (const minShare of SHARES) {
    const graph = flameGraph(view, { inverted, minShare })
    if (graph.nodeCount <= MAX_NODES || minShare === SHARES.at(-1))
      return { tree: toFlameTree(graph), leftOutBelow: minShare }
  }
  throw new Error('no share was tried')
}
