import { expect, test } from 'vitest'
import { compileRegularExpression } from '../../analyzers/shared/regular-expression.ts'
import { foldedGraph, nameOf, nodeAt } from '../../test/folded-graph.ts'
import { findFrames, makeQuery, nextMatch } from './search.ts'

const graph = foldedGraph('main;Load;read 5', 'main;load;read 3', 'main;serve;main 2')
const query = (text: string) => {
  return makeQuery(text, (pattern) => {
    const compiled = compileRegularExpression(pattern)
    return (name) => compiled.test(name)
  })
}
const found = (text: string) =>
  graph.frames.filter(({ name }, frame) => frame > 0 && query(text).test(name)).map(({ name }) => name)

test.each([
  ['load', ['Load', 'load']],
  ['Load', ['Load']],
  ['^(main|serve)$', ['main', 'serve']],
  ['(*Dec', []],
])('%s finds %j', (text, names) => {
  expect(found(text).toSorted()).toEqual(names.toSorted())
})

test('what is no regular expression is looked for as it stands', () => {
  expect(query('(*Decoder).Decode')).toMatchObject({ isLiteral: true })
  expect(query('(*Decoder).Decode').test('encoding/json.(*Decoder).Decode')).toBe(true)
  expect(query('(*decoder).').test('encoding/json.(*Decoder).Decode')).toBe(true)
})

test('matches inside matches count once', () => {
  expect(findFrames(graph, query('main'))).toMatchObject({ count: 2, value: 10 })
  expect(findFrames(graph, query('read'))).toMatchObject({ count: 2, value: 8 })
  expect(findFrames(graph, query('nothing'))).toMatchObject({ count: 0, value: 0 })
})

test('a pattern that would hang other engines does not', () => {
  const long = foldedGraph(`${'a'.repeat(5000)}! 1`)
  const started = performance.now()
  findFrames(long, query('(a+)+$'))
  expect(performance.now() - started).toBeLessThan(1000)
})

test('next and previous go through all matches in reading order and around', () => {
  const { frames } = findFrames(graph, query('read|main'))
  const seen: string[] = []
  let node = -1
  for (let step = 0; step < 5; step++) {
    node = nextMatch(graph, frames, node, 1)
    seen.push(`${nameOf(graph, node)} ${graph.depth[node]}`)
  }
  expect(seen).toEqual(['main 1', 'read 3', 'read 3', 'main 3', 'main 1'])
  expect(nextMatch(graph, frames, nodeAt(graph, 'main'), -1)).toBe(nodeAt(graph, 'main', 'serve', 'main'))
})
