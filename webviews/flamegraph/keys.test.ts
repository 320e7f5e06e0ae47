import { describe, expect, test } from 'vitest'
import { foldedGraph, nameOf, nodeAt } from '../../test/folded-graph.ts'
import { actionOf, walk } from './keys.ts'

const press = (key: string, held: 'ctrl' | 'meta' | 'alt' | 'none' = 'none') => ({
  key,
  ctrlKey: held === 'ctrl',
  metaKey: held === 'meta',
  altKey: held === 'alt',
  shiftKey: false,
})

test.each([
  ['ArrowDown', false, 'child'],
  ['ArrowUp', false, 'parent'],
  ['ArrowDown', true, 'parent'],
  ['ArrowUp', true, 'child'],
])('%s leads to where it points (growing upwards: %s)', (key, isFlipped, to) => {
  expect(actionOf(press(key), isFlipped)).toEqual({ kind: 'walk', to })
})

test('keys of the workbench stay its own', () => {
  for (const key of ['p', 'f', 'w', 'Tab', 'F1']) expect(actionOf(press(key, 'ctrl'), false)).toBeNull()
  expect(actionOf(press('c', 'meta'), false)).toEqual({ kind: 'copy-name' })
  expect(actionOf(press('o', 'alt'), false)).toEqual({ kind: 'open-beside' })
  expect(actionOf(press('Tab'), false)).toBeNull()
})

describe('walking', () => {
  const graph = foldedGraph('main;a;x 1', 'main;b;y 5', 'main;b;z 7')
  const from = (...path: string[]) => nodeAt(graph, ...path)
  test.each([
    ['child', from('main'), 'b'],
    ['parent', from('main', 'b', 'z'), 'b'],
    ['right', from('main', 'b'), 'a'],
    ['right', from('main', 'a'), 'a'],
    ['left', from('main', 'a'), 'b'],
    ['root', from('main', 'b', 'z'), 'root'],
    ['hottest', 0, 'z'],
    ['child', from('main', 'a', 'x'), 'x'],
    ['parent', 0, 'root'],
  ] as const)('to the %s', (to, node, name) => {
    expect(nameOf(graph, walk(graph, node, to))).toBe(name)
  })
})
