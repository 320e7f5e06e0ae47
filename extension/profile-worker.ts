/**
 * The thread that reads, decodes and lays out one profile for one editor, so that the extension host never waits for it.
 * It keeps the decoded profile for further sample types and ends with the editor.
 */
import { parentPort } from 'node:worker_threads'
import { flameGraph } from '../analyzers/pprof/flame-graph.ts'
import { packFlameGraph } from '../analyzers/pprof/flame-pack.ts'
import { defaultSampleIndex, type Profile } from '../analyzers/pprof/profile.ts'
import { viewOf } from '../analyzers/pprof/view.ts'
import { UserError } from '../analyzers/shared/user-error.ts'
import { readProfile, readProfileBytes } from '../services/profiles/read-profile.ts'
import type { ProfileSummary } from '../webviews/protocol.ts'
import type { WorkerAnswer, WorkerFailure, WorkerRequest } from './profile-worker-protocol.ts'

let profile: Profile | undefined

parentPort?.on('message', async (request: WorkerRequest) => {
  try {
    const answer = await answerTo(request)
    parentPort?.postMessage(answer, answer.type === 'graph' ? [answer.packed] : [])
  } catch (error) {
    const answer: WorkerAnswer = { id: request.id, type: 'failed', failure: toFailure(error) }
    parentPort?.postMessage(answer)
  }
})

async function answerTo(request: WorkerRequest): Promise<WorkerAnswer> {
  if (request.type === 'open') {
    const { source } = request
    profile = typeof source === 'string' ? await readProfile(source) : await readProfileBytes(source)
    return { id: request.id, type: 'opened', summary: summarize(profile, request.name) }
  }
  if (profile === undefined) throw new Error('a graph was asked for before a profile was opened')
  const graph = flameGraph(viewOf(profile, { sample_index: request.sampleIndex }))
  return { id: request.id, type: 'graph', packed: packFlameGraph(graph) }
}

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

function toFailure(error: unknown): WorkerFailure {
  if (error instanceof UserError) return { code: error.code, message: error.message, hint: error.hint ?? '', stack: '' }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { code: 'BUG', message: error instanceof Error ? error.message : String(error), hint: '', stack }
}
