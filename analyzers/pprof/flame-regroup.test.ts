import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldedGraph, graphs, nameOf, toFolded } from '../../test/folded-graph.ts'
import { functionTotals } from './flame-functions.ts'
import type { FlameGraph } from './flame-layout.ts'
import { packFlameGraph, unpackFlameGraph } from './flame-pack.ts'
import { bottomUp, calleesOf, callersOf } from './flame-regroup.ts'

const graph = foldedGraph('main;parse;read 5', 'main;parse;alloc 3', 'main;serve;alloc 4', 'main;serve 1')
const frameOf = (name: string) => graph.frames.findIndex((frame) => frame.name === name)

test('bottom-up starts with the functions that spend most, then says from where', () => {
  expect(toFolded(bottomUp(graph))).toEqual([
    'alloc;serve;main 4',
    'alloc;parse;main 3',
    'read;parse;main 5',
    'serve;main 1',
  ])
})

test('callers of a function are all paths that lead to it', () => {
  expect(toFolded(callersOf(graph, frameOf('alloc')))).toEqual(['serve;main 4', 'parse;main 3'])
})

test('callees are what it calls, merged over the places it is called from', () => {
  const twice = foldedGraph('a;f;x 1', 'b;f;x 2', 'b;f;y 4', 'b;f 8')
  const callees = calleesOf(
    twice,
    twice.frames.findIndex(({ name }) => name === 'f'),
  )
  expect(nameOf(callees, 0)).toBe('f')
  expect(callees.cum[0]).toBe(15)
  expect(callees.flat[0]).toBe(8)
  expect(toFolded(callees)).toEqual(['y 4', 'x 3'])
})

test('recursion counts once', () => {
  const recursive = foldedGraph('f;g;f;h 5', 'f 2')
  const f = recursive.frames.findIndex(({ name }) => name === 'f')
  expect(callersOf(recursive, f).cum[0]).toBe(7)
  expect(calleesOf(recursive, f).cum[0]).toBe(7)
  expect(functionTotals(recursive).cum[f]).toBe(7)
  expect(functionTotals(recursive).flat[f]).toBe(2)
})

/** What every consumer of a graph relies on. */
function checkShape(made: FlameGraph): void {
  for (let node = 0; node < made.nodeCount; node++) {
    const x0 = made.x0[node] ?? Number.NaN
    const x1 = made.x1[node] ?? Number.NaN
    expect(x1).toBeGreaterThanOrEqual(x0)
    const from = made.firstChild[node] ?? 0
    const to = made.firstChild[node + 1] ?? 0
    let left = x0
    for (let child = from; child < to; child++) {
      expect(made.parent[child]).toBe(node)
      expect(made.depth[child]).toBe((made.depth[node] ?? 0) + 1)
      expect(made.x0[child]).toBeGreaterThanOrEqual(left)
      left = made.x1[child] ?? Number.NaN
      expect(left).toBeLessThanOrEqual(x1)
    }
  }
  expect(made.levelOffsets.at(-1)).toBe(made.nodeCount)
}

describe('whatever the stacks', () => {
  test('every regrouping keeps the shape of a graph and the sum of its values', () => {
    fc.assert(
      fc.property(graphs, (any) => {
        const inverted = bottomUp(any)
        checkShape(inverted)
        expect(inverted.cum[0]).toBe(any.cum[0])
        const totals = functionTotals(any)
        for (let frame = 1; frame < any.frames.length; frame++) {
          for (const made of [callersOf(any, frame), calleesOf(any, frame)]) {
            checkShape(made)
            expect(made.cum[0]).toBe(totals.cum[frame])
          }
        }
      }),
    )
  })

  test('the first row of the bottom-up graph is the table of own values', () => {
    fc.assert(
      fc.property(graphs, (any) => {
        const inverted = bottomUp(any)
        const { flat } = functionTotals(any)
        for (let node = inverted.levelOffsets[1] ?? 0; node < (inverted.levelOffsets[2] ?? 0); node++) {
          expect(inverted.cum[node]).toBe(flat[inverted.frame[node] ?? 0])
        }
      }),
    )
  })

  test('packing and unpacking gives the same graph', () => {
    fc.assert(
      fc.property(graphs, (any) => {
        expect(unpackFlameGraph(packFlameGraph(any))).toEqual(any)
      }),
    )
  })
})

test('names of any characters survive packing', () => {
  const odd = foldedGraph('</script>;日本語;ÿ\u2028 1')
  expect(unpackFlameGraph(packFlameGraph(odd)).frames).toEqual(odd.frames)
})
