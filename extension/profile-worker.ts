/**
 * The thread that reads, decodes and lays out one profile for one editor, so that the extension host never waits for it.
 * It keeps the decoded profile for further sample types and ends with the editor.
 */
import { flameGraph } from '../analyzers/pprof/flame-graph.ts'
import { packFlameGraph } from '../analyzers/pprof/flame-pack.ts'
import { defaultSampleIndex, type Profile } from '../analyzers/pprof/profile.ts'
import { viewOf } from '../analyzers/pprof/view.ts'
import { readProfile, readProfileBytes } from '../services/profiles/read-profile.ts'
import type { ProfileSummary } from '../webviews/protocol.ts'
import { reportProgress, serveThread } from './serve-thread.ts'

/** How far reading has come. */
export interface ReadingProgress {
  readonly doneBytes: number
  readonly totalBytes: number
}

/** More frames than this make a view slow to open and cannot be seen anyway. */
const MAX_NODES = 1_000_000
const SHARES = [0, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3]

let profile: Profile | undefined

const operations = {
  /** `source` is a path or the content of a file. */
  async open(name: string, source: string | Uint8Array): Promise<ProfileSummary> {
    const onRead = (doneBytes: number, totalBytes: number) => {
      const progress: ReadingProgress = { doneBytes, totalBytes }
      reportProgress(progress)
    }
    profile = typeof source === 'string' ? await readProfile(source, { onRead }) : await readProfileBytes(source)
    return summarize(profile, name)
  },

  /** A packed flame graph, and the share of the whole below which frames had to be left out; 0 when all are there. */
  async graph(sampleIndex: number): Promise<{ readonly packed: ArrayBuffer; readonly leftOutBelow: number }> {
    if (profile === undefined) throw new Error('a graph was asked for before a profile was opened')
    const view = viewOf(profile, { sample_index: sampleIndex })
    for (const minShare of SHARES) {
      const graph = flameGraph(view, { minShare })
      const isSmallEnough = graph.nodeCount <= MAX_NODES || minShare === SHARES.at(-1)
      if (isSmallEnough) return { packed: packFlameGraph(graph), leftOutBelow: minShare }
    }
    throw new Error('no share was tried')
  },
}

export type ProfileOperations = typeof operations

function summarize(opened: Profile, name: string): ProfileSummary {
  return {
    name,
    sampleTypes: opened.sampleTypes,
    defaultSampleIndex: defaultSampleIndex(opened),
    sampleCount: opened.samples.length,
    durationNanos: Number(opened.durationNanos),
    warnings: opened.warnings,
  }
}

serveThread(operations)
