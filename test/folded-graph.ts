/** Flame graphs for tests, written as folded stacks: `main;run;work 3`, one a line. */
import fc from 'fast-check'
import { flameGraph } from '../analyzers/pprof/flame-graph.ts'
import type { FlameGraph } from '../analyzers/pprof/flame-layout.ts'
import { importFolded } from '../analyzers/pprof/imports/folded.ts'
import { viewOf } from '../analyzers/pprof/view.ts'

export function foldedGraph(...stacks: readonly string[]): FlameGraph {
  return flameGraph(viewOf(importFolded(`${stacks.join('\n')}\n`), {}))
}

/** Each stack below `node` with a value of its own, folded, in the order of the picture. */
export function toFolded(graph: FlameGraph, node = 0): string[] {
  const names: string[] = []
  for (let each = node; each > 0; each = graph.parent[each] ?? -1) names.push(nameOf(graph, each))
  const own = (graph.flat[node] ?? 0) === 0 || node === 0 ? [] : [`${names.reverse().join(';')} ${graph.flat[node]}`]
  const children: string[] = []
  for (let child = graph.firstChild[node] ?? 0; child < (graph.firstChild[node + 1] ?? 0); child++) {
    children.push(...toFolded(graph, child))
  }
  return [...own, ...children]
}

export function nameOf(graph: FlameGraph, node: number): string {
  return graph.frames[graph.frame[node] ?? 0]?.name ?? ''
}

/** The node at the end of a path of names, from below the root. */
export function nodeAt(graph: FlameGraph, ...path: readonly string[]): number {
  let node = 0
  for (const name of path) {
    const from = graph.firstChild[node] ?? 0
    const to = graph.firstChild[node + 1] ?? 0
    const found = Array.from({ length: to - from }, (_, index) => from + index).find(
      (child) => nameOf(graph, child) === name,
    )
    if (found === undefined) throw new Error(`${path.join(';')} is not in the graph`)
    node = found
  }
  return node
}

/** Graphs of up to 40 stacks over five names, recursion included. */
export const graphs: fc.Arbitrary<FlameGraph> = fc
  .array(
    fc.record({
      path: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 8 }),
      value: fc.integer({ min: 1, max: 1000 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((stacks) => foldedGraph(...stacks.map(({ path, value }) => `${path.join(';')} ${value}`)))
