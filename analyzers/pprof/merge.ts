/**
 * Adds profiles up into one, with google/pprof's rules for what is the same function, location, mapping and sample, so
 * that the result is what `go tool pprof -proto` makes of the same files. Rows that no sample uses are left behind.
 */
import { UserError } from '../shared/user-error.ts'
import { alignProfiles } from './align-types.ts'
import { keepSamples, withMapping } from './edit-profile.ts'
import { sumOfMagnitudes } from './int64.ts'
import type { Int64Column, Profile } from './profile.ts'
import { ProfileMerger } from './profile-merger.ts'

/** @throws UserError when there is nothing to merge or the profiles measure different things. */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  const aligned = alignMappings(alignProfiles(profiles))
  const [first] = aligned
  if (first === undefined) {
    throw new UserError({ code: 'INVALID_ARGUMENT', message: 'There are no profiles to merge.' })
  }
  return mergeAligned(first, aligned)
}

/** Beside profiles that name their binaries, one that names none is of one without a name, as in google/pprof. */
function alignMappings(profiles: readonly Profile[]): readonly Profile[] {
  return profiles.some((profile) => profile.mappings.length > 0) ? profiles.map(withMapping) : profiles
}

const merged = new WeakMap<Profile, Profile>()

/** Equal samples of one profile added up, as google/pprof does when it reads a profile; computed once. */
export function mergedOnce(profile: Profile): Profile {
  let result = merged.get(profile)
  if (result === undefined) {
    result = mergeProfiles([profile])
    merged.set(profile, result)
    merged.set(result, result)
  }
  return result
}

function mergeAligned(first: Profile, profiles: readonly Profile[]): Profile {
  const merger = new ProfileMerger(newColumns(profiles))
  for (const profile of profiles) merger.add(profile)
  const merged = merger.finish({
    ...mergedHeader(first, profiles),
    warnings: profiles.flatMap((each) => each.warnings),
  })
  const keep = nonZero(merged)
  // What cancelled out takes its functions and locations with it.
  return keep.includes(0) ? mergeAligned(merged, [keepSamples(merged, keep)]) : merged
}

/** Room for the values of every sample, as doubles where their sums cannot round. */
function newColumns(profiles: readonly Profile[]): Int64Column[] {
  const capacity = profiles.reduce((sum, profile) => sum + profile.samples.length, 0)
  const count = profiles[0]?.samples.values.length ?? 0
  return Array.from({ length: count }, (_, index) => {
    let magnitude = 0n
    let allDoubles = true
    for (const profile of profiles) {
      const column = profile.samples.values[index] ?? new Float64Array(0)
      if (column instanceof BigInt64Array) allDoubles = false
      else magnitude += sumOfMagnitudes(column)
    }
    const fits = allDoubles && magnitude <= BigInt(Number.MAX_SAFE_INTEGER)
    return fits ? new Float64Array(capacity) : new BigInt64Array(capacity)
  })
}

export function nonZero(profile: Profile): Uint8Array {
  const keep = new Uint8Array(profile.samples.length)
  for (const column of profile.samples.values) {
    for (let sample = 0; sample < keep.length; sample++) if (Number(column[sample] ?? 0) !== 0) keep[sample] = 1
  }
  return keep
}

type Header = Omit<
  Profile,
  'strings' | 'samples' | 'stacks' | 'locations' | 'lines' | 'functions' | 'mappings' | 'labelSets'
>

function mergedHeader(first: Profile, profiles: readonly Profile[]): Header {
  let timeNanos = 0n
  let durationNanos = 0n
  let period = 0n
  for (const profile of profiles) {
    if (timeNanos === 0n || profile.timeNanos < timeNanos) timeNanos = profile.timeNanos
    durationNanos = BigInt.asIntN(64, durationNanos + profile.durationNanos)
    if (period === 0n || period < profile.period) period = profile.period
  }
  return {
    sampleTypes: first.sampleTypes,
    defaultSampleType: profiles.find((profile) => profile.defaultSampleType !== '')?.defaultSampleType ?? '',
    comments: [...new Set(profiles.flatMap((profile) => profile.comments))],
    periodType: profiles.find((profile) => profile.periodType !== null)?.periodType ?? null,
    period,
    timeNanos,
    durationNanos,
    dropFrames: first.dropFrames,
    keepFrames: first.keepFrames,
    docUrl: profiles.find((profile) => profile.docUrl !== '')?.docUrl ?? '',
    warnings: [],
  }
}
