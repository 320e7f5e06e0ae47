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
import { serveThread } from './serve-thread.ts'

let profile: Profile | undefined

const operations = {
  /** `source` is a path or the content of a file. */
  async open(name: string, source: string | Uint8Array): Promise<ProfileSummary> {
    profile = typeof source === 'string' ? await readProfile(source) : await readProfileBytes(source)
    return summarize(profile, name)
  },

  /** A packed flame graph. */
  async graph(sampleIndex: number): Promise<ArrayBuffer> {
    if (profile === undefined) throw new Error('a graph was asked for before a profile was opened')
    return packFlameGraph(flameGraph(viewOf(profile, { sample_index: sampleIndex })))
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
