import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../database/open-database.ts'
import { openLibrary } from './sqlite-library.ts'

const writer = path.join(import.meta.dirname, '..', '..', 'test', 'store-writer.ts')

let home: string
const children: Writer[] = []

interface Writer {
  readonly process: ChildProcess
  readonly lines: string[]
  failure: string
}

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'processes-'))
})

afterEach(async () => {
  for (const child of children.splice(0)) await end(child)
  rmSync(home, { recursive: true, force: true })
})

function start(seed: string): Writer {
  const child = spawn(process.execPath, [writer, home, seed], { stdio: ['ignore', 'pipe', 'pipe'] })
  const started: Writer = { process: child, lines: [], failure: '' }
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    started.lines.push(...parts)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    started.failure += text
  })
  children.push(started)
  return started
}

function end({ process: child }: Writer): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.on('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

async function hasWritten(child: Writer, count: number): Promise<void> {
  await expect.poll(() => child.lines.length, { timeout: 20_000, interval: 10 }).toBeGreaterThan(count)
}

/** Every row has its file with that content, every file its row, and SQLite finds nothing wrong. */
async function expectIntact(): Promise<void> {
  const database = await openDatabase(home)
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(database.pragma('foreign_key_check')).toEqual([])
  database.close()
  const library = await openLibrary({ home })
  const { profiles } = await library.list()
  for (const record of profiles) {
    const content = readFileSync(record.path)
    expect(createHash('sha256').update(content).digest('hex')).toBe(record.sha256)
    expect(content.length).toBe(record.bytes)
  }
  await library.close()
}

function handlesThatMustBeThere(lines: readonly string[]): string[] {
  const deleted = new Set(lines.filter((line) => line.startsWith('deleted')).map((line) => line.split(' ')[1]))
  const own = lines.filter((line) => line.startsWith('added')).flatMap((line) => line.split(' ')[1] ?? [])
  return own.filter((handle) => !deleted.has(handle))
}

test('three processes write at once: none fails, what each has done is there', async () => {
  const writers = ['a', 'b', 'c'].map(start)
  for (const child of writers) await hasWritten(child, 60)
  for (const child of writers) await end(child)
  expect(writers.map((child) => child.failure)).toEqual(['', '', ''])
  await expectIntact()

  const library = await openLibrary({ home })
  for (const child of writers) {
    // The last line may belong to a change whose successor was under way when the process was killed.
    for (const handle of handlesThatMustBeThere(child.lines).slice(0, -1)) {
      expect((await library.get(handle)).handle).toBe(handle)
    }
  }
  await library.close()
})

test('killed again and again in the middle of a write, the store stays whole', async () => {
  for (let round = 0; round < 6; round += 1) {
    const child = start(`round-${round}`)
    await hasWritten(child, 5 + round * 3)
    await end(child)
    await expectIntact()
  }
})

test('what a killed process left half-written is swept away once it is old', async () => {
  const library = await openLibrary({ home })
  await library.add([{ content: { bytes: new Uint8Array([1]) }, type: 'cpu', name: 'kept', origin: 'test' }])
  await library.close()
  const stale = path.join(home, 'staging', 'left-over')
  const orphan = path.join(home, 'profiles', 'ab', 'ab00')
  mkdirSync(path.dirname(orphan), { recursive: true })
  for (const file of [stale, orphan]) {
    writeFileSync(file, 'x')
    utimesSync(file, new Date(0), new Date(0))
  }
  const tomorrow = new Date(Date.now() + 2 * 86_400_000)
  const later = await openLibrary({ home, now: () => tomorrow })
  expect(existsSync(stale)).toBe(false)
  expect(existsSync(orphan)).toBe(false)
  expect((await later.list()).total).toBe(1)
  expect(readdirSync(path.join(home, 'staging'))).toEqual([])
  await later.close()
})
