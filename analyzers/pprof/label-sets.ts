/**
 * Questions about the labels of samples: which keys exist, in which unit a numeric key is measured. Answers are
 * computed over unique label sets.
 */
import type { Profile } from './profile.ts'

/** One label of a set, with its texts resolved. */
export interface Label {
  readonly key: string
  /** null for a number. */
  readonly text: string | null
  readonly number: bigint
  readonly unit: string
}

export function labelsOf(profile: Profile, set: number): Label[] {
  const { labelSets, strings } = profile
  const labels: Label[] = []
  for (let row = labelSets.offsets[set] ?? 0; row < (labelSets.offsets[set + 1] ?? 0); row++) {
    const text = labelSets.text[row] ?? 0
    labels.push({
      key: strings[labelSets.key[row] ?? 0] ?? '',
      text: text === 0 ? null : (strings[text] ?? ''),
      number: labelSets.number[row] ?? 0n,
      unit: strings[labelSets.unit[row] ?? 0] ?? '',
    })
  }
  return labels
}

/** All label keys that occur, sorted. */
export function labelKeys(profile: Profile): string[] {
  const keys = new Set<number>(profile.labelSets.key)
  return [...keys].map((index) => profile.strings[index] ?? '').sort()
}

/**
 * The unit of each numeric key: the first that a sample gives, else the one google/pprof infers from the key.
 */
export function numericUnits(profile: Profile): ReadonlyMap<string, string> {
  let units = unitsOfProfile.get(profile)
  if (units === undefined) {
    units = findUnits(profile)
    unitsOfProfile.set(profile, units)
  }
  return units
}

const unitsOfProfile = new WeakMap<Profile, ReadonlyMap<string, string>>()

function findUnits(profile: Profile): ReadonlyMap<string, string> {
  const units = new Map<string, string>()
  const seen = new Set<string>()
  const { labelSets, strings, samples } = profile
  const done = new Uint8Array(labelSets.length)
  for (let sample = 0; sample < samples.length; sample++) {
    const set = samples.labelSet[sample] ?? 0
    // google/pprof leaves samples without any value behind before it looks at labels.
    if (done[set] === 1 || samples.values.every((column) => Number(column[sample]) === 0)) continue
    done[set] = 1
    for (let row = labelSets.offsets[set] ?? 0; row < (labelSets.offsets[set + 1] ?? 0); row++) {
      if (labelSets.text[row] !== 0) continue
      const key = strings[labelSets.key[row] ?? 0] ?? ''
      const unit = strings[labelSets.unit[row] ?? 0] ?? ''
      seen.add(key)
      if (unit !== '' && !units.has(key)) units.set(key, unit)
    }
  }
  for (const key of seen) {
    if (!units.has(key)) units.set(key, key === 'alignment' || key === 'request' ? 'bytes' : key)
  }
  return units
}
