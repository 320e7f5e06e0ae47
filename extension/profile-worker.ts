/**
 * The thread that reads, decodes and lays out one profile for one editor, so that the extension host never waits for it.
 * It keeps the decoded profile for further sample types and ends with the editor.
 */
import { flameGraph } from '../analyzers/pprof/flame-graph.ts'
import { packFlameGraph } from '../analyzers/pprof/flame-pack.ts'
import { pruneFlameGraph } from '../analyzers/pprof/flame-prune.ts'
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
    const { graph, leftOutBelow } = pruneFlameGraph(
      flameGraph(viewOf(profile, { sample_index: sampleIndex })),
      MAX_NODES,
    )
    return { packed: packFlameGraph(graph), leftOutBelow }
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
