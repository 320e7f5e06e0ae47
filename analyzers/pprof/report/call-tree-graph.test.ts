import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flameGraph, smallFlameGraph } from '../flame-graph.ts'
import { pruneFlameGraph } from '../flame-prune.ts'
import { importFolded } from '../imports/folded.ts'
import type { Profile } from '../profile.ts'
import { viewOf } from '../view.ts'
import { callTreeGraph, largeCallTree, wholeOfTree } from './call-tree-graph.ts'
import { magnitude, type ReportNode } from './report-graph.ts'

const stack = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 8 })
const profiles = fc
  .array(fc.tuple(stack, fc.integer({ min: 1, max: 1000 })), { minLength: 1, maxLength: 60 })
  .map((rows): Profile => {
    return importFolded(rows.map(([frames, value]) => `${frames.join(';')} ${value}\n`).join(''))
  })

/** What can be seen of a node, with the way to it. */
function described(node: ReportNode): string {
  const path: string[] = []
  for (let at: ReportNode | undefined = node; at !== undefined; at = [...at.in.keys()][0]) path.push(at.frame.name)
  const [call] = node.in.values()
  return `${path.join('<')} ${node.flat} ${node.cum} ${call?.weight} ${call?.inline} ${call?.residual}`
}

test('a tree that is only made as far as it is large is the whole tree without the small nodes', () => {
  fc.assert(
    fc.property(profiles, fc.bigInt({ min: 1n, max: 5000n }), (profile, least) => {
      const view = viewOf(profile, {})
      const whole = callTreeGraph(view)
      const large = largeCallTree(view, least)
      const expected = whole.nodes.filter((node) => magnitude(node.cum) >= least)
      expect(large.nodes.map(described)).toEqual(expected.map(described))
      expect(large.droppedNodes).toBe(whole.nodes.length - expected.length)
      expect(BigInt(wholeOfTree(view) ?? -1)).toBe(whole.nodes.reduce((sum, node) => sum + node.flat, 0n))
    }),
  )
})

test('a tree with negative values has to be made as a whole', () => {
  expect(wholeOfTree(viewOf(importFolded('a;b 5\na;c -2\n'), {}))).toBeUndefined()
})

test('a small flame graph is the whole one without its narrowest nodes', () => {
  fc.assert(
    fc.property(profiles, fc.integer({ min: 1, max: 40 }), fc.boolean(), (profile, most, inverted) => {
      const view = viewOf(profile, {})
      const pruned = pruneFlameGraph(flameGraph(view, { inverted }), most)
      const { graph, leftOutBelow } = smallFlameGraph(view, most, { inverted })
      expect({ graph, leftOutBelow }).toEqual(pruned)
      // Asked again, it is remembered.
      expect(smallFlameGraph(view, most, { inverted }).graph).toEqual(pruned.graph)
    }),
  )
})
