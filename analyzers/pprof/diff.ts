/**
 * One profile minus another, as a profile: `go tool pprof -diff_base` and `-base`, with and without `-normalize`. Every
 * report can be made of the result.
 */
import { alignProfiles, scaleValues } from './align-types.ts'
import { sumOf } from './int64.ts'
import { mergedOnce, mergeProfiles } from './merge.ts'
import type { LabelSetColumns, Profile } from './profile.ts'
import { BASE_LABEL } from './view.ts'
import { NOTHING_LEFT } from './view-notes.ts'

export interface DiffOptions {
  /** Scale the profile so that its totals equal those of the base. */
  readonly normalize?: boolean | undefined
  /** Mark what comes from the base, so that percentages refer to it; default true, `-base` is false. */
  readonly markBase?: boolean | undefined
}

export interface Difference {
  readonly difference: Profile
  /** Both sides as they went in: same sample types and units, normalised where asked. */
  readonly base: Profile
  readonly profile: Profile
}

/**
 * What was last made of a profile and a base. A comparison is a series of questions about the same two, and the views of
 * what comes out are remembered with it; there is at most one of each kind for a profile in memory.
 */
class LastPair<Made> {
  private readonly last = new WeakMap<
    Profile,
    { readonly base: WeakRef<Profile>; readonly key: string; readonly made: Made }
  >()

  of(profile: Profile, base: Profile, key: string, make: () => Made): Made {
    const last = this.last.get(profile)
    if (last !== undefined && last.key === key && last.base.deref() === base) return last.made
    const made = make()
    if (profile.samples.length <= MOST_SAMPLES) this.last.set(profile, { base: new WeakRef(base), key, made })
    return made
  }
}

/** Larger differences cost more memory than anybody's patience. */
const MOST_SAMPLES = 500_000

const aligned = new LastPair<Pick<Difference, 'profile' | 'base'>>()
const differences = new LastPair<Difference>()

/**
 * Both sides with the sample types that they share and in the same units, normalised where asked.
 * @throws UserError when the two measure different things.
 */
export function alignSides(
  profile: Profile,
  base: Profile,
  options: Pick<DiffOptions, 'normalize'> = {},
): Pick<Difference, 'profile' | 'base'> {
  return aligned.of(profile, base, `${options.normalize === true}`, () => align(profile, base, options))
}

function align(profile: Profile, base: Profile, options: Pick<DiffOptions, 'normalize'>) {
  // Equal samples first become one: scaling rounds, so it has to meet the same values as in google/pprof.
  const [source = profile, alignedBase = base] = alignProfiles([mergedOnce(profile), mergedOnce(base)])
  return { profile: options.normalize === true ? normalized(source, alignedBase) : source, base: alignedBase }
}

/** @throws UserError when the two measure different things. */
export function subtract(profile: Profile, base: Profile, options: DiffOptions = {}): Difference {
  const key = `${options.normalize === true} ${options.markBase !== false}`
  return differences.of(profile, base, key, () => makeDifference(profile, base, options))
}

function makeDifference(profile: Profile, base: Profile, options: DiffOptions): Difference {
  const { profile: source, base: alignedBase } = alignSides(profile, base, options)
  const marked = options.markBase === false ? alignedBase : withBaseLabel(alignedBase)
  const negated = scaleValues(
    marked,
    marked.sampleTypes.map(() => -1),
  )
  const merged = mergeProfiles([source, negated])
  const isEqual = merged.samples.length === 0 && source.samples.length > 0
  const difference = isEqual ? { ...merged, warnings: [...merged.warnings, NOTHING_LEFT] } : merged
  return { difference, base: alignedBase, profile: source }
}

function normalized(profile: Profile, base: Profile): Profile {
  const total = (of: Profile, index: number) => Number(sumOf(of.samples.values[index] ?? new Float64Array(0)))
  const ratios = profile.sampleTypes.map((_, index) => {
    const own = total(profile, index)
    return own === 0 ? 0 : total(base, index) / own
  })
  return scaleValues(profile, ratios)
}

/** Every sample gets the label that marks the base; one of the same key is replaced. */
function withBaseLabel(profile: Profile): Profile {
  const strings = [...profile.strings]
  const key = strings.push(BASE_LABEL.key) - 1
  const text = strings.push(BASE_LABEL.value) - 1
  const { labelSets } = profile
  const offsets = new Uint32Array(labelSets.length + 1)
  const rows: number[] = []
  for (let set = 0; set < labelSets.length; set++) {
    offsets[set] = rows.length
    for (let row = labelSets.offsets[set] ?? 0; row < (labelSets.offsets[set + 1] ?? 0); row++) {
      if (profile.strings[labelSets.key[row] ?? 0] !== BASE_LABEL.key || labelSets.text[row] === 0) rows.push(row)
    }
    rows.push(-1)
  }
  offsets[labelSets.length] = rows.length
  const marked: LabelSetColumns = {
    length: labelSets.length,
    offsets,
    key: Uint32Array.from(rows, (row) => (row < 0 ? key : (labelSets.key[row] ?? 0))),
    text: Uint32Array.from(rows, (row) => (row < 0 ? text : (labelSets.text[row] ?? 0))),
    number: BigInt64Array.from(rows, (row) => labelSets.number[row] ?? 0n),
    unit: Uint32Array.from(rows, (row) => labelSets.unit[row] ?? 0),
  }
  return { ...profile, strings, labelSets: marked }
}
