import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFolders } from './make-folders.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'folders-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('makes what is missing, with the mode that is asked for, and leaves what is there', () => {
  const deep = path.join(folder, 'a/b/c')
  makeFolders(deep, 0o700)
  makeFolders(deep, 0o700)
  expect(statSync(deep).mode & 0o777).toBe(0o700)
})

test('a file in the way is an error', () => {
  writeFileSync(path.join(folder, 'file'), '')
  expect(() => makeFolders(path.join(folder, 'file'))).toThrow(/EEXIST/)
  expect(() => makeFolders(path.join(folder, 'file/below'))).toThrow(/ENOTDIR/)
})

test.runIf(existsSync('/proc/self'))('a file system that takes no folders is an error, not an endless wait', () => {
  expect(() => makeFolders('/proc/tracewright/deeper')).toThrow(/ENOENT/)
})
