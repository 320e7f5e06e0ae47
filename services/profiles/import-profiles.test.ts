import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runs } from '../../test/setup/fast-check.ts'
import { smallProfile, zippedProfile } from '../../test/small-profile.ts'
import { createPathPolicy } from '../paths/path-policy.ts'
import { type ImportOptions, importProfiles } from './import-profiles.ts'
import type { ProfileLibrary } from './library.ts'
import type { ReadProfile } from './open-profile.ts'
import { readArchive } from './profile-archive.ts'
import { readProfile, readProfileBytes } from './read-profile.ts'
import { openLibrary } from './sqlite-library.ts'

let folder: string
let library: ProfileLibrary

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'import-'))
  library = await openLibrary({ home: path.join(folder, '.home') })
})

afterEach(async () => {
  await library.close()
  rmSync(folder, { recursive: true, force: true })
})

const cpu = zippedProfile({ timeNanos: 1_767_225_600_000_000_000n })
const heap = smallProfile({
  sampleTypes: ['alloc_objects/count', 'alloc_space/bytes', 'inuse_objects/count', 'inuse_space/bytes'],
  samples: [[['f'], 1, 2, 3, 4]],
})

function put(name: string, content: Uint8Array | string): string {
  const file = path.join(folder, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, content)
  return file
}

const read: ReadProfile = (source, options) =>
  typeof source === 'string' ? readProfile(source, options) : readProfileBytes(source, options)

function run(given: string, options: Partial<ImportOptions> = {}, baseDir?: string) {
  const services = {
    library,
    paths: createPathPolicy(baseDir),
    read,
  }
  const signal = new AbortController().signal
  return importProfiles(services, given, { signal, progress: () => undefined, ...options })
}

const failsWith = (code: string) => expect.objectContaining({ name: 'UserError', code })

describe('a file', () => {
  test('is decoded, named, dated and typed', async () => {
    const { profiles } = await run(put('cpu.pprof', cpu), { service: 'api' })
    expect(profiles).toMatchObject([
      { type: 'cpu', name: 'cpu.pprof', service: 'api', takenAt: '2026-01-01T00:00:00.000Z', bundle: null },
    ])
  })

  test('may have any name, and is said to be what its caller says', async () => {
    const { profiles } = await run(put('data', heap), { type: 'allocs', name: 'mine' })
    expect(profiles).toMatchObject([{ type: 'allocs', name: 'mine' }])
  })

  test.each([
    ['empty', ''],
    ['text', 'this is no profile'],
    ['truncated', cpu.subarray(0, cpu.length >> 1)],
  ])('that is %s is an error and not stored', async (_, content) => {
    await expect(run(put('bad.pprof', content))).rejects.toThrow(expect.objectContaining({ name: 'UserError' }))
    expect((await library.list()).total).toBe(0)
  })

  test('that is large says how far it has come, and can be cancelled on the way', async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `main;work;step ${i}`)
    const file = put('large.folded', lines.join('\n'))
    const shares: number[] = []
    await run(file, { progress: ({ done }) => shares.push(done) })
    expect(shares.length).toBeGreaterThan(2)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)

    const cancel = new AbortController()
    const other = put('other.folded', lines.slice(1).join('\n'))
    await expect(run(other, { signal: cancel.signal, progress: () => cancel.abort() })).rejects.toThrow('abort')
    expect((await library.list({ limit: 10 })).profiles).toHaveLength(1)
  })

  test('that is a pipe is refused instead of waited for', async () => {
    const pipe = path.join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    await expect(run(pipe)).rejects.toThrow(failsWith('INVALID_ARGUMENT'))
    await expect(run('/dev/zero')).rejects.toThrow(failsWith('INVALID_ARGUMENT'))
  })
})

describe('a folder', () => {
  test('gives a bundle for each folder with several profiles, and says what it left out', async () => {
    put('set/a/cpu.pprof', cpu)
    put('set/a/heap.pb.gz', heap)
    put('set/b/heap.pprof', smallProfile({ samples: [[['g'], 1, 1]] }))
    put('set/b/broken.pprof', 'xx')
    put('set/README.md', 'main;work 1')
    put('set/.hidden/cpu.pprof', smallProfile({ samples: [[['h'], 1, 1]] }))
    const { profiles, skipped } = await run(path.join(folder, 'set'))
    expect(profiles.map((each) => [each.name, each.bundle === null])).toEqual([
      ['cpu.pprof', false],
      ['heap.pb.gz', false],
      ['heap.pprof', true],
    ])
    expect(profiles[0]?.bundle).toBe(profiles[1]?.bundle)
    expect(skipped.map((each) => each.path)).toEqual(['b/broken.pprof'])
  })

  test('without a profile is an error', async () => {
    put('none/readme.txt', 'hello')
    await expect(run(path.join(folder, 'none'))).rejects.toThrow(failsWith('NOT_A_PROFILE'))
    await expect(run(path.join(folder, 'none'), { type: 'cpu' })).rejects.toThrow(failsWith('INVALID_ARGUMENT'))
  })

  test('a link in it that leads out of the base directory is passed over', async () => {
    put('secret.pprof', cpu)
    put('base/heap.pprof', heap)
    symlinkSync(path.join(folder, 'secret.pprof'), path.join(folder, 'base', 'link.pprof'))
    symlinkSync(folder, path.join(folder, 'base', 'up'))
    const { profiles, skipped } = await run('.', {}, path.join(folder, 'base'))
    expect(profiles.map((each) => each.name)).toEqual(['heap.pprof'])
    expect(skipped).toHaveLength(1)
  })

  test('stops when it is cancelled', async () => {
    put('many/a.pprof', cpu)
    await expect(run(path.join(folder, 'many'), { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
  })
})

describe('an archive', () => {
  test('gives a bundle of its profiles; names in it are not paths', async () => {
    const archive = put(
      'bundle.zip',
      zipSync({ '../../evil/cpu.pprof': cpu, 'x\\heap.pprof': heap, 'metrics.json': new Uint8Array([123, 125]) }),
    )
    const { profiles, skipped } = await run(archive)
    expect(profiles.map((each) => each.name)).toEqual(['cpu.pprof', 'heap.pprof'])
    expect(new Set(profiles.map((each) => each.bundle)).size).toBe(1)
    expect(skipped).toMatchObject([{ path: 'metrics.json' }])
  })

  test('two entries of one name are two profiles', async () => {
    const archive = put('same.zip', zipSync({ 'a/cpu.pprof': cpu, 'b/cpu.pprof': heap }))
    expect((await run(archive)).profiles).toHaveLength(2)
  })

  test('one entry that is damaged does not cost the others', async () => {
    const zip = zipSync({ 'cpu.pprof': cpu, 'heap.pprof': heap })
    const view = new DataView(zip.buffer, zip.byteOffset)
    // An unknown way of packing, in the first entry of the central directory.
    view.setUint16(view.getUint32(zip.length - 6, true) + 10, 99, true)
    const { profiles, skipped } = await run(put('odd.zip', zip))
    expect(profiles.map((each) => each.name)).toEqual(['heap.pprof'])
    expect(skipped).toMatchObject([{ path: 'cpu.pprof' }])
  })

  test('the same archive twice is one bundle', async () => {
    const archive = put('bundle.zip', zipSync({ 'cpu.pprof': cpu, 'heap.pprof': heap }))
    const first = await run(archive)
    const second = await run(archive)
    const names = ({ profiles }: typeof first) => profiles.map((each) => [each.handle, each.bundle])
    expect(names(second)).toEqual(names(first))
    expect((await library.list()).total).toBe(2)
  })

  test.each([
    ['cut short', (zip: Uint8Array) => zip.subarray(0, zip.length - 30)],
    [
      'garbled',
      (zip: Uint8Array) => zip.map((byte, index) => (index > 40 && index < zip.length - 150 ? 255 - byte : byte)),
    ],
    ['only a head', () => new Uint8Array([0x50, 0x4b, 3, 4])],
    ['empty', () => zipSync({})],
  ])('that is %s is an error', async (_, change) => {
    const archive = put('bad.zip', change(zipSync({ 'cpu.pprof': cpu, 'heap.pprof': heap })))
    await expect(run(archive)).rejects.toThrow(expect.objectContaining({ name: 'UserError' }))
    expect((await library.list()).total).toBe(0)
  })

  test('its limits are checked by what it says of itself, before anything is unpacked', async () => {
    const zip = zipSync({ 'a.pprof': new Uint8Array(2_000_000), 'b.pprof': new Uint8Array(10) })
    const file = put('bomb.zip', zip)
    const limits = { archiveBytes: 1e6, entries: 10, entryBytes: 1e6, totalBytes: 1e7 }
    const entries = await readArchive(file, zip.length, limits)
    expect(() => entries[0]?.read()).toThrow(failsWith('TOO_LARGE'))
    expect(entries[1]?.read()).toHaveLength(10)
    await expect(readArchive(file, zip.length, { ...limits, totalBytes: 1e6 })).rejects.toThrow(failsWith('TOO_LARGE'))
    await expect(readArchive(file, zip.length, { ...limits, entries: 1 })).rejects.toThrow(failsWith('TOO_LARGE'))
    await expect(readArchive(file, zip.length, { ...limits, archiveBytes: 10 })).rejects.toThrow(failsWith('TOO_LARGE'))
  })

  test('whatever is done to its bytes, reading it ends with entries or an error in words', async () => {
    const zip = zipSync({ 'a.pprof': cpu, 'dir/b.pprof': heap })
    const change = fc.tuple(fc.nat(zip.length - 1), fc.integer({ min: 0, max: 255 }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.nat(zip.length),
        async (changes, length) => {
          const changed = zip.slice(0, length)
          for (const [at, byte] of changes) if (at < length) changed[at] = byte
          const file = put('changed.zip', changed)
          try {
            for (const entry of await readArchive(file, length)) entry.read()
          } catch (error) {
            expect(error).toHaveProperty('name', 'UserError')
          }
        },
      ),
      runs(300),
    )
  })

  test('an entry that is larger than it says is not unpacked beyond that', async () => {
    const zip = zipSync({ 'a.pprof': new Uint8Array(1_000_000) })
    const view = new DataView(zip.buffer, zip.byteOffset)
    // The size in the central directory, 24 bytes into the entry's record there.
    const directory = view.getUint32(zip.length - 6, true)
    view.setUint32(directory + 24, 1000, true)
    const [entry] = await readArchive(put('lie.zip', zip), zip.length)
    let length = 0
    try {
      length = entry?.read().length ?? 0
    } catch (error) {
      expect(error).toHaveProperty('name', 'UserError')
    }
    expect(length).toBeLessThanOrEqual(1000)
  })
})
