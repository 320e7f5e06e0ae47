import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphs, toFolded } from '../../test/folded-graph.ts'
import { fromFlameTree, toFlameTree } from './flame-tree.ts'

test('a graph survives the way through JSON', () => {
  fc.assert(
    fc.property(graphs, (any) => {
      const tree = JSON.parse(JSON.stringify(toFlameTree(any)))
      const again = fromFlameTree(tree)
      expect(toFolded(again)).toEqual(toFolded(any))
      for (const column of ['parent', 'depth', 'cum', 'x0', 'x1', 'firstChild', 'levelOffsets'] as const) {
        expect(again[column]).toEqual(any[column])
      }
    }),
  )
})

test('nodes out of order are refused', () => {
  const tree = { sample_type: { type: 'cpu', unit: 'ns' }, frames: [], frame: [0, 0, 0], flat: [0, 1, 1] }
  expect(() => fromFlameTree({ ...tree, parent: [-1, 2, 0] })).toThrow('before its parent')
  expect(() => fromFlameTree({ ...tree, parent: [-1, 0, 1, 0], frame: [0, 0, 0, 0], flat: [0, 1, 1, 1] })).toThrow(
    'out of order',
  )
})
