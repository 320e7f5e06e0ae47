/** From the paths in a profile, which are those of another machine, to the files on this one; and never out of the roots. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createSourceFinder } from './source-files.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'source-files-'))
const root = path.join(folder, 'shop')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

for (const [name, text] of [
  ['shop/api/api.go', 'package api\nfunc Serve() {}\n'],
  ['shop/main.go', 'package main\n'],
  ['secret.txt', 'secret\n'],
] as const) {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
  writeFileSync(path.join(folder, name), text)
}
symlinkSync(path.join(folder, 'secret.txt'), path.join(root, 'api', 'link.go'))

test.each([
  ['the path itself', path.join(root, 'api/api.go'), []],
  ['another machine, by folder and file', '/build/17/src/api/api.go', []],
  ['a folder of the same name', '/home/ci/shop/main.go', []],
  ['a relative path', 'api/api.go', []],
  ['a prefix to take off', '/xsrc/main.go', ['/xsrc']],
  ['a file URL', `file://${path.join(root, 'main.go')}`, []],
])('%s', (_, profilePath, trimPaths) => {
  const found = createSourceFinder({ roots: [root], trimPaths })(profilePath)
  expect(found?.path).toBe(path.join(root, profilePath.includes('api') ? 'api/api.go' : 'main.go'))
  expect(found?.lines[0]).toMatch(/^package/)
})

test.each([
  ['nothing', ''],
  ['a file that is not there', '/build/api/other.go'],
  ['a file outside of the roots', path.join(folder, 'secret.txt')],
  ['a way out', '../secret.txt'],
  ['a link that leads out', '/build/api/link.go'],
  ['a bare name that fits anything', 'main2.go'],
])('%s is not read', (_, profilePath) => {
  expect(createSourceFinder({ roots: [root] })(profilePath)).toBeUndefined()
})

test('the sandbox has the last word', () => {
  expect(createSourceFinder({ roots: [root], isAllowed: () => false })('api/api.go')).toBeUndefined()
})
