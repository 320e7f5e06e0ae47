/** A small flame graph in a tool's result, for hosts that show it as a view; see `webviews/mcp-app`. */
import { z } from 'zod'
import { smallFlameGraph } from '../../analyzers/pprof/flame-graph.ts'
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
  base: z.array(z.number()).optional().describe('Own value of each node in diff_base, when there is one'),
})

/** Some 40 kB of JSON: what a conversation can carry. */
const MAX_NODES = 2_000

/** The graph with its narrowest nodes left out until it is small enough, and the share below which they are. */
export function smallFlameTree(
  view: View,
  options: { readonly base?: View | undefined; readonly inverted: boolean },
): { readonly tree: FlameTree; readonly leftOutBelow: number } {
  const { graph, leftOutBelow } = smallFlameGraph(view, MAX_NODES, options)
  return { tree: toFlameTree(graph), leftOutBelow }
}
