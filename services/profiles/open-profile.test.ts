import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { smallProfile } from '../../test/small-profile.ts'
import { createPathPolicy } from '../paths/path-policy.ts'
import type { ProfileLibrary } from './library.ts'
import { columnBytes, createProfileOpener, type ProfileOpener } from './open-profile.ts'
import { readProfile, readProfileBytes } from './read-profile.ts'
import { openLibrary } from './sqlite-library.ts'

let folder: string
let library: ProfileLibrary
let opener: ProfileOpener
let reads: string[]

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'open-'))
  library = await openLibrary({ home: path.join(folder, 'home') })
  reads = []
  opener = createProfileOpener(library, createPathPolicy(folder), (source, options) => {
    if (typeof source !== 'string') return readProfileBytes(source, options)
    reads.push(path.basename(source))
    return readProfile(source, options)
  })
})

afterEach(async () => {
  await library.close()
  rmSync(folder, { recursive: true, force: true })
})

const bytes = (name: string) => smallProfile({ samples: [[[name], 1, 1]] })
const put = (name: string) => writeFileSync(path.join(folder, name), bytes(name))

test('a path is read below the base directory and typed by its content', async () => {
  put('cpu.pprof')
  const opened = await opener.open('cpu.pprof')
  expect(opened).toMatchObject({ label: 'cpu.pprof', type: 'cpu', record: undefined })
  expect(opened.profile.samples.length).toBe(1)
  await expect(opener.open('../elsewhere')).rejects.toThrow(expect.objectContaining({ code: 'OUTSIDE_BASE_DIR' }))
  await expect(opener.open('.')).rejects.toThrow(/is a folder/)
})

test('an error says which profile it is about: callers name several', async () => {
  writeFileSync(path.join(folder, 'empty.pprof'), '')
  await expect(opener.open('empty.pprof')).rejects.toThrow('`empty.pprof`: The profile is empty (0 bytes).')
})

test('a handle reads the store, which need not lie below the base directory', async () => {
  const [record] = await library.add([{ content: { bytes: bytes('x') }, type: 'wall', name: 'x', origin: 'test' }])
  const opened = await opener.open(record?.handle ?? '')
  expect(opened).toMatchObject({ label: record?.handle, type: 'wall' })
  await expect(opener.open(record?.handle ?? '', { type: 'cpu' })).rejects.toThrow(/of type `wall`, not `cpu`/)
  await expect(opener.open('handle:0000000000000000')).rejects.toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
})

test('a bundle needs the type of a member, under either prefix', async () => {
  const [record] = await library.add([
    { content: { bytes: bytes('c') }, type: 'cpu', name: 'c', origin: 'test' },
    { content: { bytes: bytes('h') }, type: 'heap', name: 'h', origin: 'test' },
  ])
  const bundle = record?.bundle ?? ''
  expect((await opener.open(bundle, { type: 'heap' })).type).toBe('heap')
  expect((await opener.open(bundle.replace('bundle:', 'handle:'), { type: 'heap' })).type).toBe('heap')
  await expect(opener.open(bundle)).rejects.toThrow(/say which with `type`/)
  await expect(opener.open(bundle, { typeArgument: 'before_type' })).rejects.toThrow(/`before_type`/)
  await expect(opener.open(bundle, { type: 'mutex' })).rejects.toThrow(
    expect.objectContaining({ code: 'NOT_FOUND', hint: 'It has: cpu, heap.' }),
  )
})

test('of two members of one type none is taken by chance', async () => {
  const [record] = await library.add([
    { content: { bytes: bytes('a') }, type: 'cpu', name: 'first', origin: 'test' },
    { content: { bytes: bytes('b') }, type: 'cpu', name: 'second', origin: 'test' },
  ])
  await expect(opener.open(record?.bundle ?? '', { type: 'cpu' })).rejects.toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT', hint: expect.stringContaining(record?.handle ?? '') }),
  )
})

test('the same content is decoded once, also when it is asked for twice at a time', async () => {
  put('a.pprof')
  const [first, second] = await Promise.all([opener.open('a.pprof'), opener.open('a.pprof')])
  expect(first.profile).toBe(second.profile)
  expect((await opener.open('a.pprof')).profile).toBe(first.profile)
  expect(reads).toEqual(['a.pprof'])
})

test('a file that changed is decoded again', async () => {
  put('a.pprof')
  await opener.open('a.pprof')
  utimesSync(path.join(folder, 'a.pprof'), new Date(0), new Date(0))
  await opener.open('a.pprof')
  expect(reads).toHaveLength(2)
})

test('a failure is not remembered', async () => {
  writeFileSync(path.join(folder, 'a.pprof'), 'broken')
  await expect(opener.open('a.pprof')).rejects.toThrow()
  put('a.pprof')
  expect((await opener.open('a.pprof')).profile.samples.length).toBe(1)
})

test('the least recently used of many is forgotten', async () => {
  for (let index = 0; index < 9; index += 1) put(`${index}.pprof`)
  for (let index = 0; index < 9; index += 1) await opener.open(`${index}.pprof`)
  await opener.open('8.pprof')
  expect(reads).toHaveLength(9)
  await opener.open('0.pprof')
  expect(reads).toHaveLength(10)
})

test('what a profile holds in memory is the size of its columns', async () => {
  put('a.pprof')
  const { profile } = await opener.open('a.pprof')
  const least = profile.samples.stack.byteLength + profile.stacks.locations.byteLength
  expect(columnBytes(profile)).toBeGreaterThan(least)
  expect(columnBytes({ samples: { stack: new Uint32Array(10), values: [new Float64Array(5)] } })).toBe(80)
})
