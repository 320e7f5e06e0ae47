import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unpackFlameGraph } from '../analyzers/pprof/flame-pack.ts'
import type { ProfileOperations } from './profile-worker.ts'
import { Thread, ThreadEnded, ThreadError } from './thread.ts'

const script = join(import.meta.dirname, 'profile-worker.ts')
const sample = join(import.meta.dirname, '..', 'samples', 'profiles', 'json-service', 'cpu.pprof')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracewright-thread-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function withThread(
  run: (thread: Thread<ProfileOperations>) => Promise<void>,
  onProgress?: (progress: unknown) => void,
) {
  const thread = new Thread<ProfileOperations>(script, onProgress)
  try {
    await run(thread)
  } finally {
    thread.end()
  }
}

describe('a profile in a thread of its own', () => {
  test('is opened, says how far it has come, and gives a graph for each sample type', async () => {
    const progress: unknown[] = []
    await withThread(
      async (thread) => {
        const summary = await thread.call('open', 'cpu.pprof', sample)
        expect(summary.sampleTypes.map(({ type }) => type)).toEqual(['samples', 'cpu'])
        const { packed, leftOutBelow } = await thread.call('graph', 1)
        expect(unpackFlameGraph(packed).cum[0]).toBe(5_640_000_000)
        expect(leftOutBelow).toBe(0)
        const other = await thread.call('graph', 0)
        expect(unpackFlameGraph(other.packed).sampleType.type).toBe('samples')
      },
      (each) => progress.push(each),
    )
    expect(progress[0]).toMatchObject({ doneBytes: expect.any(Number), totalBytes: expect.any(Number) })
  })

  test.each([
    ['broken.pprof', 'no profile at all', 'NOT_A_PROFILE'],
    ['nowhere.pprof', undefined, 'NOT_FOUND'],
    ['cut.pprof', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1]), 'PROFILE_TRUNCATED'],
  ])('%s is an error that says what to do', async (name, content, code) => {
    const file = join(folder, name)
    if (content !== undefined) writeFileSync(file, content)
    await withThread(async (thread) => {
      const error = await thread.call('open', name, file).catch((thrown: unknown) => thrown)
      if (!(error instanceof ThreadError)) throw new Error(`not a ThreadError: ${error}`)
      expect(error.failure).toMatchObject({ code, stack: '' })
      expect(error.failure.message).not.toBe('')
      expect(error.failure.hint).not.toBe('')
    })
  })

  test('a mistake of ours keeps its stack for the log', async () => {
    await withThread(async (thread) => {
      const error = await thread.call('graph', 0).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ failure: { code: 'BUG', stack: expect.stringContaining('profile-worker') } })
    })
  })

  test('ending it cancels what it was doing, and refuses more', async () => {
    const thread = new Thread<ProfileOperations>(script)
    const opening = thread.call('open', 'cpu.pprof', sample)
    thread.end()
    await expect(opening).rejects.toBeInstanceOf(ThreadEnded)
    await expect(thread.call('graph', 0)).rejects.toBeInstanceOf(ThreadEnded)
    expect(thread.isOver).toBe(true)
  })
})
