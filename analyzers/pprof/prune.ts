/**
 * Cutting the leaf side of stacks: `drop_frames`/`keep_frames`, with which a producer says that everything below its
 * allocator or profiler is noise, and the filter `prune_from`. Rules of google/pprof.
 */
import { compileRegularExpression, type RegularExpression } from '../shared/regular-expression.ts'
import { cutStacks, keepLines } from './edit-profile.ts'
import type { Filtered } from './name-filter.ts'
import { NONE, type Profile } from './profile.ts'

const RESERVED = /\(anonymous namespace\)|operator\(\)|\(/g

/** The function name without arguments, as the drop and keep expressions expect it. */
export function simplifiedName(name: string): string {
  const plain = name.startsWith('.') ? name.slice(1) : name
  for (const match of plain.matchAll(RESERVED)) if (match[0] === '(') return plain.slice(0, match.index)
  return plain
}

const pruned = new WeakMap<Profile, Profile>()

/** The profile without what its producer asked to drop; the same object when it asked for nothing. */
export function withoutDroppedFrames(profile: Profile): Profile {
  if (profile.dropFrames === '') return profile
  let result = pruned.get(profile)
  if (result === undefined) {
    result = dropFrames(profile)
    pruned.set(profile, result)
  }
  return result
}

function dropFrames(profile: Profile): Profile {
  const drop = compileRegularExpression(`^(${profile.dropFrames})$`)
  const keep = profile.keepFrames === '' ? undefined : compileRegularExpression(`^(${profile.keepFrames})$`)
  const isDropped = matchesByFunction(profile, (name) => drop.test(name) && !(keep?.test(name) ?? false))
  const { locations, lines, stacks } = profile
  const keepLine = new Uint8Array(lines.length).fill(1)
  const dropsAll = new Uint8Array(locations.length)
  const dropsBeneath = new Uint8Array(locations.length)
  for (let location = 0; location < locations.length; location++) {
    const start = locations.lineOffsets[location] ?? 0
    const end = locations.lineOffsets[location + 1] ?? 0
    let line = end - 1
    while (line >= start && isDropped[lines.functionIndex[line] ?? NONE] !== 1) line--
    if (line < start) continue
    dropsBeneath[location] = 1
    if (line === end - 1) dropsAll[location] = 1
    else keepLine.fill(0, start, line + 1)
  }
  return cutStacks(keepLines(profile, keepLine), (start, end) => {
    // From the root: frames before the first that is not dropped stay, or nothing would be left.
    let foundUser = false
    for (let i = end - 1; i >= start; i--) {
      const location = stacks.locations[i] ?? 0
      if (dropsBeneath[location] === 0) foundUser = true
      else if (foundUser) return [dropsAll[location] === 1 ? i + 1 : i, end]
    }
    return [start, end]
  })
}

/** Drops what is called by the lowest frame that matches, and keeps that frame. */
export function pruneFrom(profile: Profile, pattern: RegularExpression): Filtered {
  const matches = matchesByFunction(profile, (name) => pattern.test(name))
  const { locations, lines, stacks } = profile
  const keepLine = new Uint8Array(lines.length).fill(1)
  const matching = new Uint8Array(locations.length)
  for (let location = 0; location < locations.length; location++) {
    const start = locations.lineOffsets[location] ?? 0
    const end = locations.lineOffsets[location + 1] ?? 0
    for (let line = start; line < end; line++) {
      if (matches[lines.functionIndex[line] ?? NONE] !== 1) continue
      matching[location] = 1
      keepLine.fill(0, start, line)
      break
    }
  }
  const result = cutStacks(keepLines(profile, keepLine), (start, end) => {
    for (let i = start; i < end; i++) if (matching[stacks.locations[i] ?? 0] === 1) return [i, end]
    return [start, end]
  })
  return { profile: result, unmatched: matching.includes(1) ? [] : ['prune_from'] }
}

function matchesByFunction(profile: Profile, test: (simplified: string) => boolean): Uint8Array {
  const { functions, strings } = profile
  const tested = new Map<number, number>()
  return Uint8Array.from(functions.name, (index) => {
    let result = tested.get(index)
    if (result === undefined) {
      const name = strings[index] ?? ''
      result = name !== '' && test(simplifiedName(name)) ? 1 : 0
      tested.set(index, result)
    }
    return result
  })
}
