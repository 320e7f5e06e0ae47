/**
 * Filters by labels, in google/pprof's language: `key=regex,regex` (any matches), `regex,regex` against `key:value`
 * (all match), and ranges of numeric labels with units: `bytes=1kb:64mb`, `4mb:`, `:10ms`, `32kb`. `tag_show` and
 * `tag_hide` choose label keys.
 */
import { compileRegularExpression } from '../shared/regular-expression.ts'
import { keepLabels, keepSamplesOfLabelSets } from './edit-profile.ts'
import { type Label, labelsOf, numericUnits } from './label-sets.ts'
import type { Filtered } from './name-filter.ts'
import type { Profile } from './profile.ts'
import { scale } from './units.ts'

export interface TagFilters {
  readonly tagFocus?: string | undefined
  readonly tagIgnore?: string | undefined
  readonly tagShow?: string | undefined
  readonly tagHide?: string | undefined
}

type MatchLabels = (labels: readonly Label[]) => boolean

export function filterByTag(profile: Profile, filters: TagFilters): Filtered {
  const unmatched: string[] = []
  let result = profile
  if (filters.tagFocus || filters.tagIgnore) {
    const units = numericUnits(profile)
    const focus = filters.tagFocus ? compileTagFilter(filters.tagFocus, units) : undefined
    const ignore = filters.tagIgnore ? compileTagFilter(filters.tagIgnore, units) : undefined
    const keep = new Uint8Array(profile.labelSets.length)
    const used = new Uint8Array(profile.labelSets.length)
    for (const set of profile.samples.labelSet) used[set] = 1
    let anyFocused = false
    let anyIgnored = false
    for (let set = 0; set < profile.labelSets.length; set++) {
      if (used[set] === 0) continue
      const labels = labelsOf(profile, set)
      const isFocused = focus?.(labels) ?? true
      const isIgnored = ignore?.(labels) ?? false
      anyFocused ||= isFocused
      anyIgnored ||= isIgnored
      keep[set] = isFocused && !isIgnored ? 1 : 0
    }
    if (focus !== undefined && !anyFocused) unmatched.push('tag_focus')
    if (ignore !== undefined && !anyIgnored) unmatched.push('tag_ignore')
    result = keepSamplesOfLabelSets(profile, keep)
  }
  if (filters.tagShow || filters.tagHide) {
    const show = filters.tagShow ? compileRegularExpression(filters.tagShow) : undefined
    const hide = filters.tagHide ? compileRegularExpression(filters.tagHide) : undefined
    result = keepLabels(result, (key) => (show?.test(key) ?? true) && !(hide?.test(key) ?? false))
  }
  return { profile: result, unmatched }
}

/** @throws UserError when a part is not a regular expression. */
export function compileTagFilter(filter: string, units: ReadonlyMap<string, string>): MatchLabels {
  const equals = filter.indexOf('=')
  const key = equals < 0 ? '' : filter.slice(0, equals)
  const value = equals < 0 ? filter : filter.slice(equals + 1)
  const isInRange = parseRange(value)
  if (isInRange !== null) {
    return (labels) =>
      labels.some(
        (label) =>
          label.text === null &&
          (key === '' || label.key === key) &&
          isInRange(Number(label.number), units.get(label.key) ?? ''),
      )
  }
  const patterns = value.split(',').map(compileRegularExpression)
  if (key === '') {
    return (labels) =>
      patterns.every((pattern) =>
        labels.some((label) => label.text !== null && pattern.test(`${label.key}:${label.text}`)),
      )
  }
  return (labels) =>
    labels.some((label) => {
      const { text } = label
      return text !== null && label.key === key && patterns.some((pattern) => pattern.test(text))
    })
}

const NUMBER_WITH_UNIT = /([+-]?[0-9]+)([A-Za-z]+)?/g

/** A test for `n`, `n:`, `:n` or `n:m`, each with an optional unit; null when the text is no range. */
function parseRange(text: string): ((value: number, unit: string) => boolean) | null {
  const [first, second] = text.matchAll(NUMBER_WITH_UNIT)
  if (first === undefined) return null
  const low = scale(Number(first[1]), first[2] ?? '', first[2] ?? '')
  const compare = (test: (value: number) => boolean) => (value: number, unit: string) => {
    const scaled = scale(value, unit, low.unit)
    return scaled.unit === low.unit && test(scaled.value)
  }
  if (second === undefined) {
    if (text === first[0]) return compare((value) => value === low.value)
    if (text === `${first[0]}:`) return compare((value) => value >= low.value)
    if (text === `:${first[0]}`) return compare((value) => value <= low.value)
    return null
  }
  if (text !== `${first[0]}:${second[0]}`) return null
  const high = scale(Number(second[1]), second[2] ?? '', low.unit)
  if (high.unit !== low.unit) return null
  return compare((value) => value >= low.value && value <= high.value)
}
