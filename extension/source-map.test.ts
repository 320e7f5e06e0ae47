import { expect, test } from 'vitest'
import { mappedPaths } from './source-map.ts'

const map = { '/build': '/home/me/src/', '/build/vendor': '/opt/vendor', 'github.com/acme': '/go/src/acme' }

test.each([
  ['/build/app/main.go', ['/home/me/src/app/main.go']],
  ['/build/vendor/x.go', ['/opt/vendor/x.go', '/home/me/src/vendor/x.go']],
  ['github.com/acme/pkg/a.go', ['/go/src/acme/pkg/a.go']],
  ['/builder/main.go', []],
  ['main.go', []],
])('%s', (path, expected) => {
  expect(mappedPaths(path, map)).toEqual(expected)
})

test('a beginning may end with a separator', () => {
  expect(mappedPaths('/a/b.go', { '/a/': '/x' })).toEqual(['/x/b.go'])
})
