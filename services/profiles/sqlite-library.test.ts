import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../database/open-database.ts'
import type { NewProfile, ProfileLibrary } from './library.ts'
import { openLibrary } from './sqlite-library.ts'

let home: string
let clock: Date
let library: ProfileLibrary

const days = (count: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + count * 86_400_000)

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'library-'))
  clock = days(0)
  library = await reopen()
})

afterEach(async () => {
  await library.close()
  rmSync(home, { recursive: true, force: true })
})

const reopen = () => openLibrary({ home, now: () => clock })

function profile(text: string, fields: Partial<NewProfile> = {}): NewProfile {
  const content = { bytes: new TextEncoder().encode(text) }
  return { content, type: 'cpu', name: `${text}.pprof`, origin: `/tmp/${text}.pprof`, ...fields }
}

async function addOne(text: string, fields: Partial<NewProfile> = {}) {
  const [record] = await library.add([profile(text, fields)])
  if (record === undefined) throw new Error('one record comes back')
  return record
}

function storedFiles(): string[] {
  return readdirSync(path.join(home, 'profiles'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
}

const notFound = expect.objectContaining({ code: 'NOT_FOUND' })

describe('adding', () => {
  test('a profile gets a handle, keeps its content and what was said of it', async () => {
    const record = await addOne('a', { service: 'api', env: 'prod', takenAt: '2025-12-31T23:00:00+01:00' })
    expect(record).toMatchObject({ type: 'cpu', service: 'api', env: 'prod', bytes: 1, bundle: null, pinned: false })
    expect(record.handle).toMatch(/^handle:[0-9a-f]{16}$/)
    expect(record.takenAt).toBe('2025-12-31T22:00:00.000Z')
    expect(readFileSync(record.path, 'utf8')).toBe('a')
    expect(await library.get(record.handle)).toEqual(record)
  })

  test('a file is copied: what happens to it later changes nothing', async () => {
    const file = path.join(home, 'outside')
    writeFileSync(file, 'content')
    const record = await addOne('x', { content: { path: file } })
    writeFileSync(file, 'other')
    expect(readFileSync(record.path, 'utf8')).toBe('content')
  })

  test('the same content is one profile, and only gaps in its description are filled', async () => {
    const first = await addOne('a', { service: 'api', name: 'mine' })
    const second = await addOne('a', { service: 'other', env: 'prod', name: 'theirs' })
    expect(second).toMatchObject({ handle: first.handle, service: 'api', env: 'prod', name: 'mine' })
    expect((await library.list()).total).toBe(1)
    expect(storedFiles()).toHaveLength(1)
  })

  test('packed and plain it is one, and the file that came first stays', async () => {
    const bytes = new TextEncoder().encode('content of a profile')
    const forms = [gzipSync(bytes), bytes, zstdCompressSync(bytes), gzipSync(bytes, { level: 1 })]
    const records = []
    for (const form of forms) records.push(await addOne('a', { content: { bytes: form } }))
    expect(new Set(records.map((record) => record.handle)).size).toBe(1)
    expect(new Set(records.map((record) => record.sha256)).size).toBe(1)
    expect(readFileSync(records[1]?.path ?? '')).toEqual(forms[0])
    expect(storedFiles()).toHaveLength(1)
    const other = await addOne('b', { content: { bytes: gzipSync('another') } })
    expect(other.handle).not.toBe(records[0]?.handle)
  })

  test('the same set packed and plain is one bundle', async () => {
    const packed = (text: string) => profile(text, { content: { bytes: gzipSync(text) } })
    const first = await library.add([packed('a'), packed('b')])
    const again = await library.add([profile('b'), profile('a')])
    expect(new Set([...first, ...again].map((record) => record.bundle)).size).toBe(1)
  })

  test('what looks packed and is damaged is known by its bytes', async () => {
    const whole = gzipSync('x'.repeat(10_000))
    const cut = await addOne('cut', { content: { bytes: whole.subarray(0, 20) } })
    expect(cut.contentSha256).toBe(cut.sha256)
    expect((await addOne('whole', { content: { bytes: whole } })).handle).not.toBe(cut.handle)
  })

  test('profiles of an older store are found by their content too, under the handle they have', async () => {
    const old = await addOne('a', { content: { bytes: gzipSync('a') } })
    const database = await openDatabase(home)
    database.exec('UPDATE profiles SET content = NULL')
    database.close()
    expect((await addOne('plain', { content: { bytes: Buffer.from('a') } })).handle).toBe(old.handle)
  })

  test('several become a bundle; the same set again is the same bundle', async () => {
    const first = await library.add([profile('a'), profile('b', { type: 'heap' })])
    const again = await library.add([profile('b', { type: 'heap' }), profile('a')])
    expect(first[0]?.bundle).toMatch(/^bundle:[0-9a-f]{16}$/)
    expect(new Set([...first, ...again].map((record) => record.bundle)).size).toBe(1)
    expect(await library.members(first[0]?.bundle ?? '')).toHaveLength(2)
  })

  test('a profile in two bundles shows the newer one and is a member of both', async () => {
    const [shared] = await library.add([profile('a'), profile('b')])
    clock = days(1)
    const [again] = await library.add([profile('a'), profile('c')])
    expect(again?.handle).toBe(shared?.handle)
    expect(again?.bundle).not.toBe(shared?.bundle)
    expect(await library.members(shared?.bundle ?? '')).toHaveLength(2)
  })

  test('a file that cannot be read leaves nothing behind', async () => {
    const missing = profile('x', { content: { path: path.join(home, 'nothing') } })
    await expect(library.add([profile('a'), missing])).rejects.toThrow()
    expect((await library.list()).total).toBe(0)
    expect(readdirSync(path.join(home, 'staging'))).toEqual([])
  })
})

test('cancelled while it copies, it has shelved nothing and left nothing', async () => {
  await expect(library.add([profile('a'), profile('b')], { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
  expect((await library.list()).total).toBe(0)
  expect(readdirSync(path.join(home, 'staging'))).toEqual([])
})

describe('expiry', () => {
  test('a handle lives seven days from its last use', async () => {
    const used = await addOne('used')
    const unused = await addOne('unused')
    clock = days(5)
    await library.get(used.handle)
    clock = days(8)
    await expect(library.get(unused.handle)).rejects.toThrow(notFound)
    expect((await library.get(used.handle)).expiresAt).toBe(days(15).toISOString())
    expect((await library.list()).profiles.map((record) => record.handle)).toEqual([used.handle])
  })

  test('what has expired is deleted with its file when the library is opened', async () => {
    await addOne('old')
    await library.add([profile('b1'), profile('b2')])
    await library.close()
    clock = days(8)
    library = await reopen()
    expect(storedFiles()).toEqual([])
    const database = await openDatabase(home)
    expect(database.prepare('SELECT COUNT(*) AS n FROM bundles').get()).toEqual({ n: 0 })
    database.close()
  })

  test('a pinned one stays; unpinned it has seven days again', async () => {
    const { handle } = await addOne('a')
    expect((await library.update(handle, { pinned: true })).expiresAt).toBeNull()
    clock = days(100)
    expect(await library.prune()).toBe(0)
    expect((await library.update(handle, { pinned: false })).expiresAt).toBe(days(107).toISOString())
    clock = days(108)
    expect(await library.prune()).toBe(1)
  })

  test('using one member of a bundle keeps the others', async () => {
    const [one, other] = await library.add([profile('a'), profile('b')])
    clock = days(6)
    await library.get(one?.handle ?? '')
    clock = days(10)
    expect((await library.get(other?.handle ?? '')).handle).toBe(other?.handle)
  })
})

describe('listing', () => {
  test('filters by what is known of a profile', async () => {
    await addOne('a', { service: 'api', env: 'prod' })
    await addOne('b', { service: 'api', env: 'dev', type: 'heap' })
    await addOne('c', { service: '100%_real', takenAt: '2025-06-01T00:00:00Z' })
    const names = async (filter: Parameters<ProfileLibrary['list']>[0]) =>
      (await library.list(filter)).profiles.map((record) => record.name.slice(0, 1)).sort()
    expect(await names({})).toEqual(['a', 'b', 'c'])
    expect(await names({ service: 'api' })).toEqual(['a', 'b'])
    expect(await names({ service: 'api', env: 'dev' })).toEqual(['b'])
    expect(await names({ type: 'heap' })).toEqual(['b'])
    expect(await names({ text: '%_REAL' })).toEqual(['c'])
    expect(await names({ text: '%' })).toEqual(['c'])
    expect(await names({ until: '2025-12-31T00:00:00Z' })).toEqual(['c'])
    expect(await names({ since: '2025-12-31T00:00:00Z' })).toEqual(['a', 'b'])
    expect(await names({ pinned: true })).toEqual([])
    await expect(names({ since: 'yesterday' })).rejects.toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
  })

  test('pages, newest import first', async () => {
    for (const text of ['a', 'b', 'c']) {
      await addOne(text)
      clock = new Date(clock.getTime() + 1000)
    }
    const page = await library.list({ limit: 1, offset: 1 })
    expect(page).toMatchObject({ total: 3, profiles: [{ name: 'b.pprof' }] })
  })
})

describe('changing', () => {
  test('renames, describes, corrects the type', async () => {
    const { handle } = await addOne('a', { service: 'api' })
    const changed = await library.update(handle, { name: 'new', service: null, type: 'wall' })
    expect(changed).toMatchObject({ name: 'new', service: null, type: 'wall' })
    expect(await library.get(handle)).toEqual(changed)
  })

  test('deletes one, or all of a bundle, with their files', async () => {
    const [a, b] = await library.add([profile('a'), profile('b')])
    const single = await addOne('c')
    expect(await library.delete(single.handle)).toHaveLength(1)
    expect(await library.delete(a?.bundle ?? '')).toHaveLength(2)
    expect(storedFiles()).toEqual([])
    await expect(library.get(b?.handle ?? '')).rejects.toThrow(notFound)
    await expect(library.delete(single.handle)).rejects.toThrow(notFound)
  })

  test.each(['handle:0000000000000000', 'bundle:0000000000000000'])('%s is not found', async (reference) => {
    await expect(library.delete(reference)).rejects.toThrow(notFound)
    await expect(library.members(reference)).rejects.toThrow(notFound)
  })

  test('the revision rises with what the listing shows, not with uses', async () => {
    const before = await library.revision()
    const { handle } = await addOne('a')
    const added = await library.revision()
    expect(added).toBeGreaterThan(before)
    clock = days(1)
    await library.get(handle)
    expect(await library.revision()).toBe(added)
    await library.update(handle, { name: 'x' })
    expect(await library.revision()).toBeGreaterThan(added)
  })
})

describe('baselines', () => {
  const key = { key: 'api:prod', type: 'cpu', sampleType: 'cpu' } as const
  const entry = (sha256: string, flatPct: number) => {
    return {
      sha256,
      takenAt: null,
      perSecond: flatPct,
      functions: [{ name: 'main.work', flatPct, cumPct: 2 * flatPct }],
    }
  }

  test('history by key and type, each profile once', async () => {
    expect((await library.baselines.load(key)).history).toEqual([])
    expect(await library.baselines.record(key, entry('1', 10))).toBe(true)
    expect(await library.baselines.record(key, entry('1', 99))).toBe(false)
    clock = days(1)
    await library.baselines.record(key, entry('2', 20))
    await library.baselines.record({ ...key, type: 'heap' }, entry('1', 1))
    const { history } = await library.baselines.load(key)
    expect(history.map((each) => each.functions)).toEqual([entry('1', 10).functions, entry('2', 20).functions])
    expect(await library.baselines.list()).toMatchObject([
      { type: 'cpu', entries: 2, updatedAt: days(1).toISOString() },
      { type: 'heap', entries: 1 },
    ])
    expect(await library.baselines.reset(key)).toBe(2)
    expect((await library.baselines.load(key)).history).toEqual([])
  })

  test('the oldest go when the history is full', async () => {
    for (let index = 0; index < 105; index += 1) {
      clock = new Date(clock.getTime() + 1000)
      await library.baselines.record(key, entry(String(index), index))
    }
    const { history } = await library.baselines.load(key)
    expect(history).toHaveLength(100)
    expect(history[0]?.sha256).toBe('5')
  })
})

describe('the folder', () => {
  test('is for nobody else', () => {
    expect(statSync(home).mode & 0o077).toBe(0)
  })

  test('a file that vanished is said so, and importing it again mends it', async () => {
    const record = await addOne('a')
    rmSync(record.path)
    await expect(library.get(record.handle)).rejects.toThrow(/gone from the store/)
    expect((await addOne('a')).handle).toBe(record.handle)
    expect(existsSync(record.path)).toBe(true)
  })

  test('a database that is none, or from the future, is an error with a way out', async () => {
    await library.close()
    const file = path.join(home, 'tracewright.db')
    const database = await openDatabase(home)
    database.pragma('user_version = 1000')
    database.close()
    await expect(reopen()).rejects.toThrow(expect.objectContaining({ code: 'STORE_TOO_NEW' }))
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
    writeFileSync(file, 'not a database, but long enough to be read as one'.repeat(100))
    await expect(reopen()).rejects.toThrow(expect.objectContaining({ code: 'STORE_DAMAGED' }))
    rmSync(file)
    library = await reopen()
    expect((await library.list()).total).toBe(0)
  })
})
