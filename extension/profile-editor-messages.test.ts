import { expect, test } from 'vitest'
import { parseFromView } from './profile-editor-messages.ts'

test('what a view says is taken as it is', () => {
  const message = { type: 'open-source', name: 'f', file: '/src/a.go', line: 3, beside: true } as const
  expect(parseFromView(message)).toEqual(message)
})

test.each([
  [null],
  ['ready'],
  [{ type: 'run', command: 'rm' }],
  [{ type: 'graph-wanted', sampleIndex: -1 }],
  [{ type: 'graph-wanted', sampleIndex: '0' }],
  [{ type: 'copy' }],
  [{ type: 'ready', extra: 1 }],
])('%j is refused', (message) => {
  expect(() => parseFromView(message)).toThrow()
})
