/**
 * Frames made of labels: each sample gets the value of a label as its outermost or innermost frame, so that any view
 * can be read by tenant, endpoint or whatever the label says. The rules are those of google/pprof's tagroot and
 * tagleaf.
 */
import { Uint32Builder } from './growable.ts'
import { labelsOf } from './label-sets.ts'
import type { Filtered } from './name-filter.ts'
import { NONE, type Profile } from './profile.ts'
import { SequenceTable } from './sequence-table.ts'
import { scaledText } from './units.ts'

/**
 * `rootKeys`: the first becomes the root; `leafKeys`: the last becomes the leaf. A missing label makes a nameless
 * frame.
 */
export function addLabelFrames(
  profile: Profile,
  rootKeys: readonly string[],
  leafKeys: readonly string[],
  unit = 'minimum',
): Filtered {
  if (rootKeys.length + leafKeys.length === 0) return { profile, unmatched: [] }
  const frames = new LabelFrames(profile, unit)
  const stacks = new SequenceTable()
  const stackOfPair = new Map<number, number>()
  const { samples } = profile
  const stack = new Uint32Array(samples.length)
  for (let sample = 0; sample < samples.length; sample++) {
    const set = samples.labelSet[sample] ?? 0
    const old = samples.stack[sample] ?? 0
    const pair = old * profile.labelSets.length + set
    let row = stackOfPair.get(pair)
    if (row === undefined) {
      // Roots first and the last key before the first: locations are numbered as google/pprof numbers them.
      const outer = rootKeys.toReversed().map((key) => frames.location(set, key))
      const inner = leafKeys.toReversed().map((key) => frames.location(set, key))
      const middle = profile.stacks.locations.subarray(profile.stacks.offsets[old], profile.stacks.offsets[old + 1])
      const locations = Uint32Array.from([...inner, ...middle, ...outer])
      row = stacks.intern(locations, locations.length)
      stackOfPair.set(pair, row)
    }
    stack[sample] = row
  }
  const { length, offsets, data } = stacks.finish()
  const extended = frames.extend()
  const unmatched: string[] = []
  if (rootKeys.length > 0 && !rootKeys.some((key) => frames.matched.has(key))) unmatched.push('tag_root')
  if (leafKeys.length > 0 && !leafKeys.some((key) => frames.matched.has(key))) unmatched.push('tag_leaf')
  const columns = { length, offsets, locations: data }
  return { profile: { ...extended, stacks: columns, samples: { ...samples, stack } }, unmatched }
}

/** New locations behind those of the profile, one for each different text of a key. */
class LabelFrames {
  readonly matched = new Set<string>()
  private readonly profile: Profile
  private readonly added: { readonly text: string; readonly key: string }[] = []
  private readonly locationOf = new Map<string, number>()
  private readonly textOf = new Map<string, string>()
  private readonly unit: string

  constructor(profile: Profile, unit: string) {
    this.profile = profile
    this.unit = unit
  }

  location(set: number, key: string): number {
    const cacheKey = `${set}\0${key}`
    let text = this.textOf.get(cacheKey)
    if (text === undefined) {
      text = this.text(set, key)
      this.textOf.set(cacheKey, text)
    }
    const frameKey = `${key}\0${text}`
    let location = this.locationOf.get(frameKey)
    if (location === undefined) {
      location = this.profile.locations.length + this.added.push({ text, key }) - 1
      this.locationOf.set(frameKey, location)
    }
    return location
  }

  extend(): Profile {
    const { profile, added } = this
    const { locations, lines, functions } = profile
    const strings = [...profile.strings]
    const count = added.length
    const lineOffsets = new Uint32Builder()
    lineOffsets.append(locations.lineOffsets, locations.length + 1)
    const name = new Uint32Builder()
    const filename = new Uint32Builder()
    const rows = new Uint32Builder()
    added.forEach(({ text, key }, i) => {
      name.push(strings.push(text) - 1)
      filename.push(strings.push(key) - 1)
      rows.push(functions.length + i)
      lineOffsets.push(lines.length + i + 1)
    })
    const numbers = (column: Float64Array) => extended(column, new Float64Array(column.length + count))
    return {
      ...profile,
      strings,
      locations: {
        length: locations.length + count,
        lineOffsets: lineOffsets.finish(),
        address: extended(locations.address, new BigUint64Array(locations.length + count)),
        mapping: extended(locations.mapping, new Uint32Array(locations.length + count).fill(NONE)),
        isFolded: extended(locations.isFolded, new Uint8Array(locations.length + count)),
      },
      lines: {
        length: lines.length + count,
        functionIndex: joined(lines.functionIndex, rows.finish()),
        line: numbers(lines.line),
        column: numbers(lines.column),
      },
      functions: {
        length: functions.length + count,
        name: joined(functions.name, name.finish()),
        systemName: joined(functions.systemName, new Uint32Array(count)),
        filename: joined(functions.filename, filename.finish()),
        startLine: numbers(functions.startLine),
      },
    }
  }

  private text(set: number, key: string): string {
    const labels = labelsOf(this.profile, set).filter((label) => label.key === key)
    if (labels.length > 0) this.matched.add(key)
    const texts = labels.flatMap((label) => (label.text === null ? [] : [label.text]))
    const numbers = labels.filter((label) => label.text === null)
    const hasUnits = numbers.some((label) => label.unit !== '')
    const scaled = numbers.map(({ number, unit }) =>
      hasUnits ? scaledText(Number(number), unit, this.unit) : scaledText(Number(number), '', ''),
    )
    return [...texts, ...scaled].join(',')
  }
}

function joined(left: Uint32Array, right: Uint32Array): Uint32Array {
  const result = new Uint32Array(left.length + right.length)
  result.set(left)
  result.set(right, left.length)
  return result
}

/** `target` with the beginning replaced by a column of the same kind. */
function extended<Column extends { set(from: Column): void }>(column: Column, target: Column): Column {
  target.set(column)
  return target
}
