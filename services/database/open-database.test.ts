import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { homeFolder } from './home.ts'
import { migrations } from './migrations.ts'
import { checkRuntime, migrate, openDatabase, storeError } from './open-database.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'database-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

test('several openings at once agree on the schema', async () => {
  const databases = await Promise.all([1, 2, 3, 4].map(() => openDatabase(home)))
  for (const database of databases) {
    expect(database.pragma('user_version', { simple: true })).toBe(migrations.length)
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
    database.close()
  }
})

test('a later step runs once, on data that is there', async () => {
  const database = await openDatabase(home)
  database.exec("INSERT INTO state VALUES ('kept', 7)")
  const steps = [...migrations, "INSERT INTO state VALUES ('new', 1)"]
  migrate(database, steps)
  migrate(database, steps)
  expect(database.prepare("SELECT name, value FROM state WHERE name IN ('kept', 'new') ORDER BY name").all()).toEqual([
    { name: 'kept', value: 7 },
    { name: 'new', value: 1 },
  ])
  database.close()
})

test('a step that fails changes nothing', async () => {
  const database = await openDatabase(home)
  const steps = [...migrations, "INSERT INTO state VALUES ('half', 1); INSERT INTO nowhere VALUES (1)"]
  expect(() => migrate(database, steps)).toThrow(/nowhere/)
  expect(database.pragma('user_version', { simple: true })).toBe(migrations.length)
  expect(database.prepare("SELECT * FROM state WHERE name = 'half'").get()).toBeUndefined()
  database.close()
})

test('an old Node is refused in words before the library could crash it', () => {
  expect(() => checkRuntime({ ...process.versions, napi: '9', node: '20.20.2' })).toThrow(/Node 22\.14 .* 20\.20\.2/)
})

test('the home is where the environment says', () => {
  expect(homeFolder({ TRACEWRIGHT_HOME: '/a/b' })).toBe('/a/b')
  expect(homeFolder({ XDG_DATA_HOME: '/data' })).toBe('/data/tracewright')
  expect(homeFolder({ XDG_DATA_HOME: 'relative', HOME: '/ignored' })).toMatch(/\.local\/share\/tracewright$/)
  expect(homeFolder({ TRACEWRIGHT_HOME: '' })).toMatch(/\.local\/share\/tracewright$/)
})

test('a folder that cannot be made is an error with a way out', async () => {
  const file = path.join(home, 'file')
  writeFileSync(file, 'x')
  for (const folder of [file, path.join(file, 'below')]) {
    await expect(openDatabase(folder)).rejects.toThrow(
      expect.objectContaining({ code: 'STORE_UNWRITABLE', hint: expect.stringContaining('TRACEWRIGHT_HOME') }),
    )
  }
})

test('only what SQLite and a full disk say is explained; a bug stays one', () => {
  const withCode = (code: string) => Object.assign(new Error('said so'), { code })
  expect(storeError(withCode('SQLITE_BUSY_SNAPSHOT'), 'f')).toMatchObject({ code: 'STORE_BUSY', retryable: true })
  expect(storeError(withCode('SQLITE_CORRUPT_INDEX'), 'f')).toMatchObject({ code: 'STORE_DAMAGED' })
  expect(storeError(withCode('ENOSPC'), 'f')).toMatchObject({ code: 'STORE_FULL' })
  for (const code of ['SQLITE_ERROR', 'SQLITE_CONSTRAINT_UNIQUE', 'ENOENT']) {
    const bug = withCode(code)
    expect(storeError(bug, 'f')).toBe(bug)
  }
})
