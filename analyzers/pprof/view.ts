/**
 * A profile as the caller wants to see it: sample type chosen, filters applied in google/pprof's order, frames formed.
 * All reports start from a view. It knows no report.
 */
import { compileRegularExpression } from '../shared/regular-expression.ts'
import { keepLines, withMapping } from './edit-profile.ts'
import { type FrameTable, framesOf } from './frames.ts'
import { type FrameSums, sumByFrame } from './graph.ts'
import { type ExactInteger, sumOf, sumOfMagnitudes, toDouble, toExact } from './int64.ts'
import { addLabelFrames } from './label-frames.ts'
import { labelsOf } from './label-sets.ts'
import { type Filtered, filterByName, showFrom } from './name-filter.ts'
import type { Int64Column, Profile, ValueType } from './profile.ts'
import { pruneFrom, withoutDroppedFrames } from './prune.ts'
import { resolveSampleIndex } from './sample-index.ts'
import { type StackWeights, stackWeights } from './stack-weights.ts'
import { filterByTag } from './tag-filter.ts'
import { FILTER_NAMES, VIEW_OPTION_NAMES, type ViewOptions } from './view-options.ts'

export interface View {
  /** After filters. */
  readonly profile: Profile
  /** Before filters. */
  readonly whole: Profile
  readonly sampleIndex: number
  readonly sampleType: ValueType
  readonly table: FrameTable
  readonly stacks: StackWeights
  /** What values are divided by for a mean: the weights of the first sample type; null for plain sums. */
  readonly divisors: StackWeights | null
  /** Sum of the values after filters. */
  readonly total: bigint
  /** Sum of the magnitudes before filters, of the samples of the base where the profile is a difference. */
  readonly pctBase: bigint
  /** Filters that were given and matched nothing. */
  readonly unmatched: readonly string[]
  readonly dropsNegative: boolean
  /** Values are shown divided by this. */
  readonly divideBy: number
  /** The unit to show values in, where one was asked for. */
  readonly unit: string | undefined
}

/** Marks the samples of the base in a difference, as google/pprof does. */
export const BASE_LABEL = { key: 'pprof::base', value: 'true' } as const

/**
 * Views that are remembered: a question is often followed by another about the same view. A big one costs as much as
 * its profile.
 */
const REMEMBERED_VIEWS = 4
const BIG_SAMPLES = 500_000

const remembered = new WeakMap<Profile, Map<string, View>>()

export function viewOf(profile: Profile, options: ViewOptions): View {
  let views = remembered.get(profile)
  if (views === undefined) {
    views = new Map()
    remembered.set(profile, views)
  }
  const key = JSON.stringify(VIEW_OPTION_NAMES.map((name) => options[name] ?? null))
  const view = views.get(key) ?? makeView(profile, options)
  // The one used last stands at the end, the one to forget at the beginning.
  views.delete(key)
  views.set(key, view)
  const [oldest] = views.keys()
  const limit = profile.samples.length > BIG_SAMPLES ? 1 : REMEMBERED_VIEWS
  if (views.size > limit && oldest !== undefined) views.delete(oldest)
  return view
}

function makeView(profile: Profile, options: ViewOptions): View {
  const whole = withoutDroppedFrames(profile)
  const sampleIndex = resolveSampleIndex(whole, options.sample_index)
  const filtered = applyFilters(whole, options)
  const shown = withTrimmedPaths(withAskedInlines(filtered.profile, options), options.trim_path)
  const mean = options.mean === true
  const plain = stackWeights(shown, sampleIndex)
  const divisors = mean ? stackWeights(shown, 0) : null
  const stacks = divisors === null ? plain : { ...plain, live: either(plain.live, divisors.live) }
  const total = sumOf(stacks.weights)
  const from = options.relative_percentages === true ? filtered.profile : whole
  return {
    profile: shown,
    whole,
    sampleIndex,
    sampleType: whole.sampleTypes[sampleIndex] ?? { type: '', unit: '' },
    table: framesOf(shown, {
      granularity: options.granularity ?? 'function',
      columns: options.show_columns,
      binaries: options.binaries,
      startLines: options.startLines,
      sandboxes: options.sandboxes,
    }),
    stacks,
    divisors,
    total: divisors === null ? total : meanOf(total, sumOf(divisors.weights)),
    pctBase: percentageBase(from, sampleIndex, mean),
    unmatched: filtered.unmatched,
    dropsNegative: options.drop_negative === true,
    divideBy: options.divide_by ?? 1,
    unit: options.unit,
  }
}

function either(left: Uint8Array, right: Uint8Array): Uint8Array {
  return left.map((flag, row) => flag | (right[row] ?? 0))
}

/** Whole numbers, cut off towards zero; undivided where there is nothing to divide by: so google/pprof has it. */
export function meanOf(sum: bigint, count: bigint): bigint {
  return count === 0n ? sum : BigInt.asIntN(64, sum / count)
}

/** A value as the view shows it: what is left of the fraction after `divide_by` is cut off. */
export function shownValue(view: Pick<View, 'divideBy'>, value: ExactInteger | bigint): ExactInteger {
  const exact = typeof value === 'bigint' ? toExact(value) : value
  if (view.divideBy === 1) return exact
  return toExact(Math.trunc(toDouble(exact) * (1 / view.divideBy)))
}

/** The head that the results of all views share. */
export function viewHeadOf(view: View) {
  return {
    sample_type: view.sampleType,
    ...(view.unit === undefined ? {} : { unit_shown: view.unit }),
    total: shownValue(view, view.total),
    pct_base: shownValue(view, view.pctBase),
  }
}

const sums = new WeakMap<StackWeights, Map<FrameTable, FrameSums>>()

/** Flat and cum of every frame of the view; computed once while the profile lives. */
export function frameSums(view: View): FrameSums {
  let known = sums.get(view.stacks)
  if (known === undefined) {
    known = new Map()
    sums.set(view.stacks, known)
  }
  let result = known.get(view.table)
  if (result === undefined) {
    result = sumByFrame(view.profile, view.table, view.stacks)
    if (view.divisors !== null) result = meansByFrame(view, result, view.divisors)
    known.set(view.table, result)
  }
  return result
}

function meansByFrame(view: View, sums: FrameSums, divisors: StackWeights): FrameSums {
  const counts = sumByFrame(view.profile, view.table, { ...divisors, live: view.stacks.live })
  return { flat: meanColumn(sums.flat, counts.flat), cum: meanColumn(sums.cum, counts.cum) }
}

export function meanColumn(sums: Int64Column, counts: Int64Column): Int64Column {
  const means = new BigInt64Array(sums.length)
  for (let row = 0; row < means.length; row++) means[row] = meanOf(BigInt(sums[row] ?? 0), BigInt(counts[row] ?? 0))
  return means
}

/** The samples that the options leave, for what writes a profile and needs no view. */
export function selectedProfile(profile: Profile, options: ViewOptions): Profile {
  return withAskedInlines(applyFilters(profile, options).profile, options)
}

function withAskedInlines(profile: Profile, options: ViewOptions): Profile {
  return options.inlines === false ? withoutInlines(profile) : profile
}

/** The filters alone. */
export function applyFilters(profile: Profile, options: ViewOptions): Filtered {
  const regex = (pattern: string | undefined) => (pattern ? compileRegularExpression(pattern) : undefined)
  const unmatched: string[] = []
  // Expressions may match the empty name of a binary that the profile does not name.
  let current = FILTER_NAMES.some((name) => options[name]) ? withMapping(profile) : profile
  const apply = (filtered: Filtered) => {
    current = filtered.profile
    unmatched.push(...filtered.unmatched)
  }
  const keys = (list: string | undefined) => (list ?? '').split(',').filter((key) => key !== '')
  // First, because the other filters may name the frames that are made here.
  apply(addLabelFrames(current, keys(options.tag_root), keys(options.tag_leaf), options.unit))
  const from = regex(options.show_from)
  const until = regex(options.prune_from)
  apply(
    filterByName(current, {
      focus: regex(options.focus),
      ignore: regex(options.ignore),
      hide: regex(options.hide),
      show: regex(options.show),
    }),
  )
  if (from !== undefined) apply(showFrom(current, from))
  apply(
    filterByTag(current, {
      tagFocus: options.tag_focus,
      tagIgnore: options.tag_ignore,
      tagShow: options.tag_show,
      tagHide: options.tag_hide,
    }),
  )
  if (until !== undefined) apply(pruneFrom(current, until))
  return { profile: current, unmatched }
}

const outermostOnly = new WeakMap<Profile, Profile>()

/** Keeps only the real function of each location. */
function withoutInlines(profile: Profile): Profile {
  let result = outermostOnly.get(profile)
  if (result === undefined) {
    const keep = new Uint8Array(profile.lines.length)
    const { lineOffsets, length } = profile.locations
    for (let location = 0; location < length; location++) {
      const last = (lineOffsets[location + 1] ?? 0) - 1
      if (last >= (lineOffsets[location] ?? 0)) keep[last] = 1
    }
    const mappings = profile.mappings.map((mapping) => ({ ...mapping, hasInlineFrames: false }))
    result = { ...keepLines(profile, keep), mappings }
    outermostOnly.set(profile, result)
  }
  return result
}

function percentageBase(profile: Profile, sampleIndex: number, mean: boolean): bigint {
  const values = profile.samples.values[sampleIndex] ?? new Float64Array(0)
  const counts = mean ? (profile.samples.values[0] ?? new Float64Array(0)) : new Float64Array(0)
  const baseSets = labelSetsOfBase(profile)
  if (baseSets !== null) {
    const { labelSet } = profile.samples
    const base = sumOfMagnitudes(valuesOfSets(values, labelSet, baseSets))
    if (base > 0n) return meanOf(base, sumOf(valuesOfSets(counts, labelSet, baseSets)))
  }
  return meanOf(sumOfMagnitudes(values), sumOf(counts))
}

/** Source paths without the folders in front; the same profile when there is nothing to take off. */
function withTrimmedPaths(profile: Profile, folders: string | undefined): Profile {
  if (!folders) return profile
  const prefixes = folders.split(':').map((folder) => (folder.endsWith('/') ? folder : `${folder}/`))
  const strings = [...profile.strings]
  const trimmed = new Map<number, number>()
  const filename = profile.functions.filename.map((index) => {
    const known = trimmed.get(index)
    if (known !== undefined) return known
    const path = strings[index] ?? ''
    const prefix = prefixes.find((each) => path.startsWith(each))
    const result = prefix === undefined ? index : strings.push(path.slice(prefix.length)) - 1
    trimmed.set(index, result)
    return result
  })
  return { ...profile, strings, functions: { ...profile.functions, filename } }
}

/** The label sets that mark samples of a base, or null when the profile is no difference. */
export function labelSetsOfBase(profile: Profile): Uint8Array | null {
  if (!profile.strings.includes(BASE_LABEL.key)) return null
  const marked = new Uint8Array(profile.labelSets.length)
  for (let set = 0; set < marked.length; set++) {
    const isBase = labelsOf(profile, set).some(
      (label) => label.key === BASE_LABEL.key && label.text === BASE_LABEL.value,
    )
    if (isBase) marked[set] = 1
  }
  return marked
}

function valuesOfSets(values: Int64Column, labelSet: Uint32Array, sets: Uint8Array): Int64Column {
  return values instanceof Float64Array
    ? values.map((value, sample) => (sets[labelSet[sample] ?? 0] === 1 ? value : 0))
    : values.map((value, sample) => (sets[labelSet[sample] ?? 0] === 1 ? value : 0n))
}
