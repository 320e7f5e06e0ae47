import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePieces } from './write-profile.ts'

let folder: string
const inFolder = (name: string) => path.join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'write-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('pieces become one file, in folders that are made, and its size is told', async () => {
  expect(await writePieces(inFolder('deep/er/a.txt'), ['one ', Buffer.from('two')])).toBe(7)
  expect(readFileSync(inFolder('deep/er/a.txt'), 'utf8')).toBe('one two')
  const bytes = await writePieces(inFolder('a.gz'), ['one'], { gzip: true })
  expect(statSync(inFolder('a.gz')).size).toBe(bytes)
  expect(gunzipSync(readFileSync(inFolder('a.gz'))).toString()).toBe('one')
})

test('a file that was there keeps its permissions', async () => {
  writeFileSync(inFolder('kept.txt'), 'old')
  chmodSync(inFolder('kept.txt'), 0o640)
  await writePieces(inFolder('kept.txt'), ['new'])
  expect(readFileSync(inFolder('kept.txt'), 'utf8')).toBe('new')
  expect(statSync(inFolder('kept.txt')).mode & 0o777).toBe(0o640)
})

test('what fails half way leaves the old file and nothing beside it', async () => {
  mkdirSync(inFolder('half'))
  writeFileSync(inFolder('half/a.txt'), 'old')
  function* failing() {
    yield 'new'
    throw new TypeError('a bug in an export')
  }
  await expect(writePieces(inFolder('half/a.txt'), failing())).rejects.toThrow('a bug in an export')
  expect(readdirSync(inFolder('half'))).toEqual(['a.txt'])
  expect(readFileSync(inFolder('half/a.txt'), 'utf8')).toBe('old')
})

test('a folder in its place is an error that can be repaired', async () => {
  mkdirSync(inFolder('folder'))
  await expect(writePieces(inFolder('folder'), ['x'])).rejects.toMatchObject({ code: 'NOT_WRITABLE' })
  expect(statSync(inFolder('folder')).isDirectory()).toBe(true)
})

test.runIf(process.platform !== 'win32')('a pipe is written to and stays a pipe', async () => {
  const pipe = inFolder('pipe')
  execFileSync('mkfifo', [pipe])
  const reading = open(pipe, 'r').then(async (file) => {
    const text = await file.readFile('utf8')
    await file.close()
    return text
  })
  await writePieces(pipe, ['through'])
  expect(await reading).toBe('through')
  expect(statSync(pipe).isFIFO()).toBe(true)
})

test.runIf(existsSync('/dev/full'))('a full device is said, and stays a device', async () => {
  await expect(writePieces('/dev/full', ['x'.repeat(100_000)])).rejects.toMatchObject({
    code: 'NOT_WRITABLE',
    message: expect.stringContaining('ENOSPC'),
  })
  expect(statSync('/dev/full').isCharacterDevice()).toBe(true)
})
