/**
 * The values of one sample type, added up by stack: from here on every report walks unique stacks, not samples.
 */
import type { Int64Column, Profile } from './profile.ts'

export interface StackWeights {
  /** Sum of the values of the samples of each stack. */
  readonly weights: Int64Column
  /** 1 for a stack with at least one value that is not zero; google/pprof skips samples of value zero. */
  readonly live: Uint8Array
}

const computed = new WeakMap<Profile, StackWeights[]>()

/** Computed once for each profile and sample type. */
export function stackWeights(profile: Profile, sampleIndex: number): StackWeights {
  let known = computed.get(profile)
  if (known === undefined) {
    known = []
    computed.set(profile, known)
  }
  let weights = known[sampleIndex]
  if (weights === undefined) {
    weights = addUp(profile, sampleIndex)
    known[sampleIndex] = weights
  }
  return weights
}

function addUp(profile: Profile, sampleIndex: number): StackWeights {
  const { samples, stacks } = profile
  const values = samples.values[sampleIndex] ?? new Float64Array(samples.length)
  const live = new Uint8Array(stacks.length)
  const { stack } = samples
  if (values instanceof Float64Array) {
    const weights = new Float64Array(stacks.length)
    for (let sample = 0; sample < samples.length; sample++) {
      const value = values[sample] ?? 0
      if (value === 0) continue
      const row = stack[sample] ?? 0
      live[row] = 1
      weights[row] = (weights[row] ?? 0) + value
    }
    return { weights, live }
  }
  const weights = new BigInt64Array(stacks.length)
  for (let sample = 0; sample < samples.length; sample++) {
    const value = values[sample] ?? 0n
    if (value === 0n) continue
    const row = stack[sample] ?? 0
    live[row] = 1
    weights[row] = (weights[row] ?? 0n) + value
  }
  return { weights, live }
}
