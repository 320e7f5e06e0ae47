/**
 * A profile as lines a person can read in a test: `leaf < caller < root = 1, 10 {label: value}`. Tests of importers and
 * writers compare these instead of columns.
 */
import { NONE, type Profile } from '../analyzers/pprof/profile.ts'

export function profileRows(profile: Profile): string[] {
  return Array.from({ length: profile.samples.length }, (_, sample) => {
    const values = profile.samples.values.map((column) => String(column[sample]))
    const labels = labelsOf(profile, profile.samples.labelSet[sample] ?? 0)
    return `${framesOf(profile, profile.samples.stack[sample] ?? 0).join(' < ')} = ${values.join(', ')}${labels}`
  })
}

function framesOf(profile: Profile, stack: number): string[] {
  const { stacks, locations, lines, functions, strings } = profile
  const frames: string[] = []
  for (let i = stacks.offsets[stack] ?? 0; i < (stacks.offsets[stack + 1] ?? 0); i++) {
    const location = stacks.locations[i] ?? 0
    const [first = 0, end = 0] = [locations.lineOffsets[location], locations.lineOffsets[location + 1]]
    if (first === end) frames.push(`0x${(locations.address[location] ?? 0n).toString(16)}`)
    for (let row = first; row < end; row++) {
      const index = lines.functionIndex[row] ?? NONE
      const name = strings[functions.name[index] ?? 0]
      const file = strings[functions.filename[index] ?? 0]
      frames.push(file === '' ? `${name}` : `${name} ${file}:${lines.line[row]}`)
    }
  }
  return frames
}

function labelsOf(profile: Profile, set: number): string {
  const { offsets, key, text, number } = profile.labelSets
  const parts: string[] = []
  for (let i = offsets[set] ?? 0; i < (offsets[set + 1] ?? 0); i++) {
    const value = (text[i] ?? 0) === 0 ? String(number[i]) : profile.strings[text[i] ?? 0]
    parts.push(`${profile.strings[key[i] ?? 0]}: ${value}`)
  }
  return parts.length === 0 ? '' : ` {${parts.join(', ')}}`
}
