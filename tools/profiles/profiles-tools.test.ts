import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { smallProfile } from '../../test/small-profile.ts'
import { callTool } from '../call-tool.ts'
import type { ToolContext } from '../context.ts'
import { createContext } from '../create-context.ts'
import { findTool } from '../registry.ts'

let folder: string
let context: ToolContext

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'profiles-tools-'))
  context = createContext({ home: path.join(folder, 'home') })
})

afterEach(async () => {
  await context.library.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Listed {
  readonly handle: string
  readonly bundle: string | null
  readonly name: string
  readonly type: string
  readonly pinned: boolean
  readonly service: string | null
}

async function call(name: string, input: object) {
  const tool = findTool(name)
  if (tool === undefined) throw new Error(`${name} is registered`)
  const options = { signal: new AbortController().signal, progress: () => undefined }
  const { result, text } = await callTool(context, tool, input, options)
  return { result, text, profiles: (result.profiles ?? []) as readonly Listed[] }
}

const bytes = (name: string) => smallProfile({ samples: [[[name], 1, 1]] })

function archive(): string {
  const file = path.join(folder, 'bundle.zip')
  const heap = smallProfile({ sampleTypes: ['inuse_objects/count', 'inuse_space/bytes'], samples: [[['h'], 1, 2]] })
  writeFileSync(file, zipSync({ 'cpu.pprof': bytes('c'), 'heap.pprof': heap, 'notes.txt': new Uint8Array(3) }))
  return file
}

test('an imported bundle is listed, described, pinned and deleted as one', async () => {
  const imported = await call('profiles.import', { path: archive(), service: 'api' })
  expect(imported.profiles.map((each) => each.type)).toEqual(['cpu', 'heap'])
  expect(imported.result).toMatchObject({ skipped: [{ path: 'notes.txt' }], omitted: 0 })
  const bundle = imported.profiles[0]?.bundle ?? ''

  expect((await call('profiles.list', { bundle })).profiles).toHaveLength(2)
  const pinned = await call('profiles.update', { handle: bundle, pinned: true, service: 'web' })
  expect(pinned.profiles.map((each) => [each.pinned, each.service])).toEqual([
    [true, 'web'],
    [true, 'web'],
  ])
  await expect(call('profiles.update', { handle: bundle, name: 'x' })).rejects.toThrow(/belongs to one profile/)

  const top = await call('pprof.top', { profile: bundle, type: 'heap' })
  expect(top.result).toMatchObject({ total: 2, rows: [{ name: 'h' }] })

  expect((await call('profiles.delete', { handle: bundle })).profiles).toHaveLength(2)
  expect((await call('profiles.list', {})).result).toMatchObject({ total: 0, hint: expect.stringContaining('empty') })
})

describe('profiles.list', () => {
  test('pages and says how many follow', async () => {
    for (const name of ['a', 'b', 'c']) {
      const file = path.join(folder, `${name}.pprof`)
      writeFileSync(file, bytes(name))
      await call('profiles.import', { path: file })
    }
    const page = await call('profiles.list', { limit: 2 })
    expect(page.result).toMatchObject({ total: 3, omitted: 1 })
    expect(page.text).toContain('1 more: raise `offset`')
    expect((await call('profiles.list', { limit: 2, offset: 2 })).result).toMatchObject({ total: 3, omitted: 0 })
  })

  test('says why nothing matches', async () => {
    await call('profiles.import', { path: archive() })
    const { result, text } = await call('profiles.list', { service: 'nobody' })
    expect(result).toMatchObject({ total: 0, hint: 'None of the 2 stored profiles matches. Leave filters out.' })
    expect(text).toBe('None of the 2 stored profiles matches. Leave filters out.')
  })
})

test('an update forgets a service by an empty text and leaves alone what is not named', async () => {
  const file = path.join(folder, 'a.pprof')
  writeFileSync(file, bytes('a'))
  const { profiles } = await call('profiles.import', { path: file, service: 'api', name: 'mine' })
  const updated = await call('profiles.update', { handle: profiles[0]?.handle, service: '' })
  expect(updated.profiles[0]).toMatchObject({ service: null, name: 'mine' })
})

test('a capture is stored and can be asked about at once', async () => {
  const server = createServer((request, response) => {
    if (request.headers.authorization === 'Bearer x') response.end(bytes('live'))
    else response.writeHead(401).end('who are you?')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/debug/pprof`
  try {
    await expect(call('profiles.capture', { url, type: 'heap' })).rejects.toThrow(/answered 401: who are you\?/)
    const headers = { authorization: 'Bearer x' }
    const { profiles } = await call('profiles.capture', { url, type: 'heap', headers, service: 'api' })
    expect(profiles).toMatchObject([{ type: 'heap', service: 'api', bundle: null, origin: `${url}/heap` }])
    const top = await call('pprof.top', { profile: profiles[0]?.handle })
    expect(top.result).toMatchObject({ rows: [{ name: 'live' }] })
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
})

test.each([
  ['profiles.delete', { handle: 'handle:0000000000000000' }, 'NOT_FOUND'],
  ['profiles.delete', { handle: '../../etc/passwd' }, 'INVALID_ARGUMENT'],
  ['profiles.update', { handle: 'bundle:0000000000000000', pinned: true }, 'NOT_FOUND'],
  ['profiles.update', { handle: 'handle:nonsense', pinned: true }, 'INVALID_ARGUMENT'],
  ['profiles.import', { path: '/no/such/file' }, 'NOT_FOUND'],
  ['profiles.capture', { url: 'http://169.254.169.254/' }, 'ADDRESS_NOT_ALLOWED'],
  ['profiles.capture', { url: 'https://localhost:1/', tls: { ca_file: '/no/such/file' } }, 'NOT_FOUND'],
])('%s %j fails with %s', async (name, input, code) => {
  await expect(call(name, input)).rejects.toThrow(expect.objectContaining({ name: 'UserError', code }))
})
