import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldedGraph, graphs, toFolded } from '../../test/folded-graph.ts'
import { pruneFlameGraph } from './flame-prune.ts'

test('a small graph stays as it is', () => {
  const graph = foldedGraph('main;a 5', 'main;b 1')
  expect(pruneFlameGraph(graph, 4)).toEqual({ graph, leftOutBelow: 0 })
})

test('the narrowest go first, and it is said which', () => {
  const graph = foldedGraph('main;a;x 60', 'main;a;y 30', 'main;b 8', 'main;c 2')
  const pruned = pruneFlameGraph(graph, 5)
  expect(toFolded(pruned.graph)).toEqual(['main;a;x 60', 'main;a;y 30'])
  expect(pruned.leftOutBelow).toBe(0.08)
})

test('what is left is a graph in the same places, never larger than asked', () => {
  fc.assert(
    fc.property(graphs, fc.integer({ min: 1, max: 30 }), (any, max) => {
      const { graph } = pruneFlameGraph(any, max)
      expect(graph.nodeCount).toBeLessThanOrEqual(Math.max(max, 1))
      expect(graph.levelOffsets.at(-1)).toBe(graph.nodeCount)
      for (let node = 1; node < graph.nodeCount; node++) {
        const parent = graph.parent[node] ?? -1
        expect(parent).toBeGreaterThanOrEqual(0)
        expect(graph.depth[node]).toBe((graph.depth[parent] ?? 0) + 1)
        expect(graph.x0[node]).toBeGreaterThanOrEqual(graph.x0[parent] ?? 0)
        expect(graph.x1[node]).toBeLessThanOrEqual(graph.x1[parent] ?? 0)
        expect(node).toBeGreaterThanOrEqual(graph.firstChild[parent] ?? 0)
        expect(node).toBeLessThan(graph.firstChild[parent + 1] ?? 0)
      }
    }),
  )
})
