/**
 * The ways a profile is changed: fewer samples, shorter stacks, fewer lines per location, smaller values. Each gives a new
 * profile that shares every column it does not change. They know nothing of why something is kept.
 */
import { truncateToInt64 } from './int64.ts'
import { type Int64Column, type LabelSetColumns, NAMELESS_MAPPING, type Profile, type StackColumns } from './profile.ts'

/** Keeps the samples whose row in `keep` is 1. */
export function keepSamples(profile: Profile, keep: Uint8Array): Profile {
  let count = 0
  for (let sample = 0; sample < keep.length; sample++) count += keep[sample] ?? 0
  const { samples } = profile
  if (count === samples.length) return profile
  const rows = new Uint32Array(count)
  let row = 0
  for (let sample = 0; sample < samples.length; sample++) if (keep[sample] === 1) rows[row++] = sample
  return {
    ...profile,
    samples: {
      length: count,
      stack: rows.map((sample) => samples.stack[sample] ?? 0),
      labelSet: rows.map((sample) => samples.labelSet[sample] ?? 0),
      values: samples.values.map((column) => pick(column, rows)),
    },
  }
}

function pick(column: Int64Column, rows: Uint32Array): Int64Column {
  if (column instanceof Float64Array) {
    const picked = new Float64Array(rows.length)
    for (let i = 0; i < rows.length; i++) picked[i] = column[rows[i] ?? 0] ?? 0
    return picked
  }
  const picked = new BigInt64Array(rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = column[rows[i] ?? 0] ?? 0n
  return picked
}

/** A loop, because `from` with a function is ten times slower on arrays of this size. */
function lookUp(flags: Uint8Array, rows: Uint32Array): Uint8Array {
  const result = new Uint8Array(rows.length)
  for (let i = 0; i < rows.length; i++) result[i] = flags[rows[i] ?? 0] ?? 0
  return result
}

/** Keeps the samples whose stack has a 1 in `keep`. */
export function keepSamplesOfStacks(profile: Profile, keep: Uint8Array): Profile {
  return keepSamples(profile, lookUp(keep, profile.samples.stack))
}

/** Keeps the samples whose label set has a 1 in `keep`. */
export function keepSamplesOfLabelSets(profile: Profile, keep: Uint8Array): Profile {
  return keepSamples(profile, lookUp(keep, profile.samples.labelSet))
}

const withMappings = new WeakMap<Profile, Profile>()

/** A profile that names no binary, as one of a binary without a name: `go tool pprof` reads it so. */
export function withMapping(profile: Profile): Profile {
  if (profile.mappings.length > 0) return profile
  let result = withMappings.get(profile)
  if (result === undefined) {
    const { locations } = profile
    const mapping = new Uint32Array(locations.length)
    result = { ...profile, mappings: [NAMELESS_MAPPING], locations: { ...locations, mapping } }
    withMappings.set(profile, result)
  }
  return result
}

/** Removes the locations marked in `hidden` from every stack. */
export function removeLocations(profile: Profile, hidden: Uint8Array): Profile {
  const { stacks } = profile
  const offsets = new Uint32Array(stacks.length + 1)
  const locations = new Uint32Array(stacks.locations.length)
  let length = 0
  for (let stack = 0; stack < stacks.length; stack++) {
    offsets[stack] = length
    const end = stacks.offsets[stack + 1] ?? 0
    for (let i = stacks.offsets[stack] ?? 0; i < end; i++) {
      const location = stacks.locations[i] ?? 0
      // Written in any case, and kept by moving on: a branch that nobody can predict costs more.
      locations[length] = location
      length += 1 - (hidden[location] ?? 0)
    }
  }
  offsets[stacks.length] = length
  return { ...profile, stacks: { length: stacks.length, offsets, locations: locations.slice(0, length) } }
}

/** Where a stack is cut: rows `start .. end` of `stacks.locations`; nothing is left when they meet. */
export type CutStack = (start: number, end: number) => readonly [start: number, end: number]

/** Shortens every stack at its ends. */
export function cutStacks(profile: Profile, cut: CutStack): Profile {
  const { stacks } = profile
  const offsets = new Uint32Array(stacks.length + 1)
  const locations = new Uint32Array(stacks.locations.length)
  let length = 0
  for (let stack = 0; stack < stacks.length; stack++) {
    offsets[stack] = length
    const [start, end] = cut(stacks.offsets[stack] ?? 0, stacks.offsets[stack + 1] ?? 0)
    for (let i = start; i < end; i++) locations[length++] = stacks.locations[i] ?? 0
  }
  offsets[stacks.length] = length
  return { ...profile, stacks: { length: stacks.length, offsets, locations: locations.slice(0, length) } }
}

/** 1 for each stack that still has a location. */
export function nonEmptyStacks(stacks: StackColumns): Uint8Array {
  const keep = new Uint8Array(stacks.length)
  for (let stack = 0; stack < stacks.length; stack++) {
    keep[stack] = (stacks.offsets[stack] ?? 0) < (stacks.offsets[stack + 1] ?? 0) ? 1 : 0
  }
  return keep
}

/** Keeps the lines marked in `keep`; locations stay, even without lines. */
export function keepLines(profile: Profile, keep: Uint8Array): Profile {
  const { locations, lines } = profile
  const lineOffsets = new Uint32Array(locations.length + 1)
  const rows: number[] = []
  for (let location = 0; location < locations.length; location++) {
    lineOffsets[location] = rows.length
    const end = locations.lineOffsets[location + 1] ?? 0
    for (let line = locations.lineOffsets[location] ?? 0; line < end; line++) if (keep[line] === 1) rows.push(line)
  }
  lineOffsets[locations.length] = rows.length
  if (rows.length === lines.length) return profile
  return {
    ...profile,
    locations: { ...locations, lineOffsets },
    lines: {
      length: rows.length,
      functionIndex: Uint32Array.from(rows, (line) => lines.functionIndex[line] ?? 0),
      line: Float64Array.from(rows, (line) => lines.line[line] ?? 0),
      column: Float64Array.from(rows, (line) => lines.column[line] ?? 0),
    },
  }
}

/** Keeps the labels whose key satisfies `isKept`; label sets keep their numbers, and some become equal. */
export function keepLabels(profile: Profile, isKept: (key: string) => boolean): Profile {
  const { labelSets, strings } = profile
  const kept = new Map<number, boolean>()
  for (const key of labelSets.key) if (!kept.has(key)) kept.set(key, isKept(strings[key] ?? ''))
  const offsets = new Uint32Array(labelSets.length + 1)
  const rows: number[] = []
  for (let set = 0; set < labelSets.length; set++) {
    offsets[set] = rows.length
    const end = labelSets.offsets[set + 1] ?? 0
    for (let row = labelSets.offsets[set] ?? 0; row < end; row++) {
      if (kept.get(labelSets.key[row] ?? 0) === true) rows.push(row)
    }
  }
  offsets[labelSets.length] = rows.length
  const columns: LabelSetColumns = {
    length: labelSets.length,
    offsets,
    key: Uint32Array.from(rows, (row) => labelSets.key[row] ?? 0),
    text: Uint32Array.from(rows, (row) => labelSets.text[row] ?? 0),
    number: BigInt64Array.from(rows, (row) => labelSets.number[row] ?? 0n),
    unit: Uint32Array.from(rows, (row) => labelSets.unit[row] ?? 0),
  }
  return { ...profile, labelSets: columns }
}

/** Every value divided, the fraction cut off; samples stay, even where nothing is left of them. */
export function divideValues(profile: Profile, divideBy: number): Profile {
  if (divideBy === 1) return profile
  const divide = (column: Int64Column): Int64Column => {
    const divided = new Float64Array(column.length)
    for (let row = 0; row < column.length; row++)
      divided[row] = Math.trunc(Number(column[row] ?? 0) * (1 / divideBy)) + 0
    return column instanceof Float64Array ? divided : BigInt64Array.from(divided, truncateToInt64)
  }
  return { ...profile, samples: { ...profile.samples, values: profile.samples.values.map(divide) } }
}
