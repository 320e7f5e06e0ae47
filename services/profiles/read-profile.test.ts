/** Profile files as they come: packed in any way, cut off, damaged, bombs, and things that are no profile. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { encodePprof } from '../../analyzers/pprof/formats/pprof.ts'
import { importFolded } from '../../analyzers/pprof/imports/folded.ts'
import { ProtobufWriter } from '../../analyzers/pprof/protobuf-writer.ts'
import { top } from '../../analyzers/pprof/top.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { runs } from '../../test/setup/fast-check.ts'
import { smallProfile } from '../../test/small-profile.ts'
import { readProfile, readProfileBytes } from './read-profile.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'read-profile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, bytes: Uint8Array): string {
  const target = path.join(folder, name)
  writeFileSync(target, bytes)
  return target
}

async function codeOf(read: Promise<unknown>): Promise<string> {
  try {
    await read
  } catch (error) {
    if (error instanceof UserError) return error.code
    throw error
  }
  return 'accepted'
}

/** Enough different stacks that packing leaves something to cut. */
const plain = Buffer.concat([
  ...encodePprof(
    importFolded(Array.from({ length: 300 }, (_, i) => `main;f${i % 17};g${i * 7919} ${i + 1}\n`).join('')),
  ),
])

describe.each([
  ['plain', plain],
  ['gzip', gzipSync(plain)],
  ['zstd', zstdCompressSync(plain)],
  ['two gzip members', Buffer.concat([gzipSync(plain.subarray(0, 999)), gzipSync(plain.subarray(999))])],
])('%s', (name, bytes) => {
  test('from a file and from memory', async () => {
    const expected = (300 * 301) / 2
    expect(top(await readProfile(file(name, bytes))).total).toBe(expected)
    expect(top(await readProfileBytes(bytes)).total).toBe(expected)
  })

  test('cut off anywhere', async () => {
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      const code = await codeOf(readProfileBytes(bytes.subarray(0, Math.floor(bytes.length * share))))
      expect(['PROFILE_TRUNCATED', 'PROFILE_CORRUPT']).toContain(code)
    }
  })

  test('damaged anywhere: an error, or a profile that can be shown', async () => {
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(damage, async (edits) => {
        const damaged = Uint8Array.from(bytes)
        for (const [position, value] of edits) damaged[position] = value
        await codeOf(readProfileBytes(damaged).then((profile) => top(profile)))
      }),
      runs(40),
    )
  })
})

test.each([
  ['an empty file', new Uint8Array(0), 'PROFILE_EMPTY'],
  ['gzip of nothing', gzipSync(''), 'PROFILE_EMPTY'],
  ['half a gzip header', Uint8Array.of(0x1f, 0x8b), 'PROFILE_TRUNCATED'],
  ['a zip archive', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0), 'NOT_A_PROFILE'],
  ['a program', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0), 'NOT_A_PROFILE'],
  ['some text', new TextEncoder().encode('Dear reader,\nthis is a letter.\n'), 'NOT_A_PROFILE'],
  ['gzip of some text', gzipSync('Dear reader,\nthis is a letter.\n'), 'NOT_A_PROFILE'],
])('%s', async (_, bytes, code) => {
  expect(await codeOf(readProfileBytes(bytes))).toBe(code)
})

test('a bomb ends at the limit, long before its content is there', async () => {
  const writer = new ProtobufWriter()
  for (let i = 0; i < 10_000; i++) {
    writer.message(2, (sample) => {
      sample.packed(1, 1, () => 1)
      sample.packed(2, 2, () => 0)
    })
  }
  const samples = writer.take()
  const bomb = gzipSync(Buffer.concat([smallProfile(), ...Array.from({ length: 200 }, () => samples)]))
  const limits = { bombBytes: 1 << 20, maxRatio: 100 }
  expect(await codeOf(readProfileBytes(bomb, { limits }))).toBe('PROFILE_TOO_LARGE')
  expect(await codeOf(readProfileBytes(bomb, { limits: { maxUnpackedBytes: 1 << 20 } }))).toBe('PROFILE_TOO_LARGE')
  const ends = { bombBytes: 40e6, maxRatio: 50 }
  expect(await codeOf(readProfileBytes(bomb, { limits: ends }))).toBe('PROFILE_TOO_LARGE')
  expect(await codeOf(readProfile(file('bomb', bomb), { limits: { maxFileBytes: 100 } }))).toBe('PROFILE_TOO_LARGE')
})

test('a bomb of samples with nothing in them ends at the first', async () => {
  const nothing = Buffer.alloc(1 << 20, Uint8Array.of(0x12, 0))
  expect(await codeOf(readProfileBytes(gzipSync(Buffer.concat([smallProfile(), nothing]))))).toBe('PROFILE_CORRUPT')
})

test('a length that promises gigabytes costs nothing', async () => {
  // A sample of 2^34 bytes is announced; twenty are there.
  const announced = Uint8Array.of(0x12, 0x80, 0x80, 0x80, 0x80, 0x40, ...new Uint8Array(20))
  expect(await codeOf(readProfileBytes(Buffer.concat([smallProfile(), announced])))).toBe('PROFILE_CORRUPT')
})

test('what is not there, and what is no file', async () => {
  expect(await codeOf(readProfile(path.join(folder, 'nowhere.pprof')))).toBe('NOT_FOUND')
  expect(await codeOf(readProfile(folder))).toBe('INVALID_ARGUMENT')
})

test('reading stops when it is aborted', async () => {
  const signal = AbortSignal.abort()
  await expect(readProfile(file('aborted', plain), { signal })).rejects.toThrow(/abort/i)
})
