import { expect, test } from 'vitest'
import { parseFromView } from './profile-editor-messages.ts'

test('what a view says is taken as it is', () => {
  const message = { type: 'open-source', name: 'f', file: '/src/a.go', line: 3, beside: true } as const
  expect(parseFromView(message)).toEqual(message)
})

const filters = { focus: 'f', ignore: '', hide: '', show: '', tagFocus: '', tagIgnore: '' }
const query = { sampleIndex: 1, filters, normalize: false }

test('a graph is asked for with its filters', () => {
  expect(parseFromView({ type: 'graph-wanted', query })).toEqual({ type: 'graph-wanted', query })
})

test.each([
  [null],
  ['ready'],
  [{ type: 'run', command: 'rm' }],
  [{ type: 'graph-wanted' }],
  [{ type: 'graph-wanted', query: { ...query, sampleIndex: -1 } }],
  [{ type: 'graph-wanted', query: { ...query, sampleIndex: '0' } }],
  [{ type: 'graph-wanted', query: { ...query, filters: { focus: 'f' } } }],
  [{ type: 'graph-wanted', query: { ...query, filters: { ...filters, focus: 7 } } }],
  [{ type: 'graph-wanted', query: { ...query, more: true } }],
  [{ type: 'constructor' }],
  [{ type: 'copy' }],
  [{ type: 'ready', extra: 1 }],
])('%j is refused', (message) => {
  expect(() => parseFromView(message)).toThrow()
})
