import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unpackFlameGraph } from '../analyzers/pprof/flame-pack.ts'
import type { Filters, GraphQuery } from '../webviews/protocol.ts'
import { exportFormats } from './profile-export-formats.ts'
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

const filters: Filters = { focus: '', ignore: '', hide: '', show: '', tagFocus: '', tagIgnore: '' }
const queryOf = (sampleIndex: number, changes: Partial<Filters> = {}, normalize = false): GraphQuery => {
  return { sampleIndex, filters: { ...filters, ...changes }, normalize }
}

describe('a profile in a thread of its own', () => {
  test('is opened, says how far it has come, and gives a graph for each sample type', async () => {
    const progress: unknown[] = []
    await withThread(
      async (thread) => {
        const summary = await thread.call('open', { name: 'cpu.pprof', source: sample }, undefined)
        expect(summary.sampleTypes.map(({ type }) => type)).toEqual(['samples', 'cpu'])
        const { packed, leftOutBelow } = await thread.call('graph', queryOf(1))
        expect(unpackFlameGraph(packed).cum[0]).toBe(5_640_000_000)
        expect(leftOutBelow).toBe(0)
        const other = await thread.call('graph', queryOf(0))
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
      const error = await thread.call('open', { name, source: file }, undefined).catch((thrown: unknown) => thrown)
      if (!(error instanceof ThreadError)) throw new Error(`not a ThreadError: ${error}`)
      expect(error.failure).toMatchObject({ code, stack: '' })
      expect(error.failure.message).not.toBe('')
      expect(error.failure.hint).not.toBe('')
    })
  })

  test('filters leave what they say, and those that match nothing are named', async () => {
    await withThread(async (thread) => {
      await thread.call('open', { name: 'cpu.pprof', source: sample }, undefined)
      const { packed, passed, unmatched } = await thread.call('graph', queryOf(1, { focus: 'TopK', hide: 'nowhere' }))
      const graph = unpackFlameGraph(packed)
      expect(passed).toBeGreaterThan(0)
      expect(graph.cum[0]).toBeCloseTo(passed * 5_640_000_000, 0)
      expect(unmatched).toEqual(['hide'])
      const error = await thread.call('graph', queryOf(1, { focus: '(' })).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ failure: { code: expect.not.stringMatching(/^BUG$/) } })
    })
  })

  test('two profiles make one graph with both values, with equal totals where asked', async () => {
    await withThread(async (thread) => {
      const [after, before] = ['main;parse 30\nmain;new 10\n', 'main;parse 10\nmain;old 10\n'].map((text, side) => {
        const file = join(folder, `side-${side}.folded`)
        writeFileSync(file, text)
        return { name: `side-${side}.folded`, source: file }
      })
      if (after === undefined) throw new Error('there are two sides')
      const summary = await thread.call('open', after, before)
      expect(summary.comparison).toEqual({ before: 'side-1.folded', after: 'side-0.folded' })
      const totals = async (normalize: boolean) => {
        const { cum, baseCum } = unpackFlameGraph((await thread.call('graph', queryOf(0, {}, normalize))).packed)
        return [cum[0], baseCum?.[0]]
      }
      expect(await totals(false)).toEqual([40, 20])
      expect(await totals(true)).toEqual([20, 20])
    })
  })

  test.each(exportFormats)('is exported as %s, with what the filters leave', async (format) => {
    await withThread(async (thread) => {
      await thread.call('open', { name: 'cpu.pprof', source: sample }, undefined)
      const file = join(folder, `out.${format}`)
      await thread.call('export', queryOf(1, { focus: 'TopK' }), format, false, file)
      const bytes = readFileSync(file)
      const text = (format === 'pprof' ? gunzipSync(bytes) : bytes).toString()
      expect(text).toContain('TopK')
      // Tables of names may keep what no stack refers to any more.
      if (format !== 'pprof' && format !== 'speedscope') expect(text).not.toContain('gcBgMarkWorker')
    })
  })

  test('a mistake of ours keeps its stack for the log', async () => {
    await withThread(async (thread) => {
      const error = await thread.call('graph', queryOf(0)).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ failure: { code: 'BUG', stack: expect.stringContaining('profile-worker') } })
    })
  })

  test('ending it cancels what it was doing, and refuses more', async () => {
    const thread = new Thread<ProfileOperations>(script)
    const opening = thread.call('open', { name: 'cpu.pprof', source: sample }, undefined)
    thread.end()
    await expect(opening).rejects.toBeInstanceOf(ThreadEnded)
    await expect(thread.call('graph', queryOf(0))).rejects.toBeInstanceOf(ThreadEnded)
    expect(thread.isOver).toBe(true)
  })
})
