import { cpSync, mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { StoreOperations } from './store-worker.ts'
import { Thread, ThreadError } from './thread.ts'

const script = join(import.meta.dirname, 'store-worker.ts')
const sample = join(import.meta.dirname, '..', 'samples', 'profiles', 'json-service', 'cpu.pprof')
const FILES = 300

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracewright-store-'))
  vi.stubEnv('TRACEWRIGHT_HOME', join(folder, 'home'))
  for (let i = 0; i < FILES; i++) {
    mkdirSync(join(folder, 'many', `${i}`), { recursive: true })
    cpSync(sample, join(folder, 'many', `${i}`, 'cpu.pprof'))
  }
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

test('an import says how far it has come and ends when it is cancelled; the store goes on', async () => {
  let cancelled: Promise<void> | undefined
  const thread: Thread<StoreOperations> = new Thread(script, () => {
    cancelled ??= thread.call('cancelImport')
  })
  try {
    const failure = await thread.call('import', join(folder, 'many')).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ThreadError)
    expect(String(failure)).toMatch(/abort/i)
    await cancelled
    expect(await thread.call('revision')).toBeTypeOf('number')
  } finally {
    thread.end()
  }
})
