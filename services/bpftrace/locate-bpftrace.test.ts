import { chmodSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { confirmProgram } from './confirm-program.ts'
import { createBpftraceLocator, parseVersion } from './locate-bpftrace.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'locate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A program that answers as bpftrace would, and counts how often it was asked. */
function pretend(script: string): string {
  const file = path.join(folder, 'bpftrace')
  writeFileSync(file, `#!/bin/sh\necho x >> ${path.join(folder, 'calls')}\n${script}\n`)
  chmodSync(file, 0o755)
  return file
}

test.each([
  ['bpftrace v0.17.0\n', '0.17.0'],
  ['bpftrace v0.27.1-12-gabc-dirty', '0.27.1'],
  ['bpftrace v0.20', '0.20.0'],
  ['nonsense', undefined],
])('%j is version %s', (text, version) => {
  expect(parseVersion(text)).toBe(version)
})

test('the first on the path is found, and asked again only when it changes', async () => {
  const file = pretend('echo bpftrace v0.21.3')
  const locator = createBpftraceLocator({ searchPath: `relative:/no/such:${folder}` })
  expect(await locator.find()).toEqual({ path: file, version: '0.21.3' })
  await locator.find()
  pretend('echo bpftrace v0.22.0')
  utimesSync(file, new Date(0), new Date(0))
  expect((await locator.find())?.version).toBe('0.22.0')
})

test('only the configured one is looked at', async () => {
  const none = createBpftraceLocator({ configuredPath: path.join(folder, 'none'), searchPath: '/usr/bin' })
  expect(await none.find()).toBeUndefined()
})

test.each(['exit 3', 'echo something else', 'kill -9 $$'])(
  'one that does not answer with a version (%s) is none',
  async (script) => {
    expect(await createBpftraceLocator({ configuredPath: pretend(script) }).find()).toBeUndefined()
  },
)

const options = { unsafe: false, params: [], signal: new AbortController().signal }

test('a compiler whose way to be asked is not known is not asked', async () => {
  // Had it been asked in a wrong way, this one would have run the program.
  const locator = createBpftraceLocator({ configuredPath: pretend('echo bpftrace v0.24.1') })
  expect(await confirmProgram(locator, 'BEGIN { exit() }', options)).toMatchObject({ asked: false })
})

test('a compiler that wants root is said so', async () => {
  const script =
    'case "$1" in --version) echo bpftrace v0.17.0;; *) echo "ERROR: bpftrace currently only supports running as the root user." >&2; exit 1;; esac'
  const locator = createBpftraceLocator({ configuredPath: pretend(script) })
  expect(await confirmProgram(locator, 'BEGIN { exit() }', options)).toEqual({
    asked: false,
    reason: 'The installed bpftrace compiles only for root.',
  })
})
