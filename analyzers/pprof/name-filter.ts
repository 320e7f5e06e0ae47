/**
 * focus, ignore, hide, show, show_from and prune_from: filters by names of functions, source files and mappings, with
 * the order and the corner cases of google/pprof. Each function says too whether its expression matched anything.
 */
import type { RegularExpression } from '../shared/regular-expression.ts'
import { cutStacks, keepLines, keepSamplesOfStacks, nonEmptyStacks, removeLocations } from './edit-profile.ts'
import { NONE, type Profile } from './profile.ts'

export interface NameFilters {
  readonly focus?: RegularExpression | undefined
  readonly ignore?: RegularExpression | undefined
  readonly hide?: RegularExpression | undefined
  readonly show?: RegularExpression | undefined
}

export interface Filtered {
  readonly profile: Profile
  /** Names of the filters whose expression matched nothing. */
  readonly unmatched: readonly string[]
}

const FOCUSED = 1
const IGNORED = 2

export function filterByName(profile: Profile, filters: NameFilters): Filtered {
  const { focus, ignore, hide, show } = filters
  if (focus === undefined && ignore === undefined && hide === undefined && show === undefined) {
    return { profile, unmatched: [] }
  }
  const { locations } = profile
  const focusNames = focus && new NameMatcher(profile, focus)
  const ignoreNames = ignore && new NameMatcher(profile, ignore)
  const marks = new Uint8Array(locations.length)
  let focusMatched = false
  let ignoreMatched = false
  for (let location = 0; location < locations.length; location++) {
    if (ignoreNames?.matchesLocation(location)) {
      marks[location] = IGNORED
      ignoreMatched = true
    } else if (focusNames === undefined || focusNames.matchesLocation(location)) {
      marks[location] = FOCUSED
      focusMatched = true
    }
  }
  const focused = keepSamplesOfStacks(profile, stacksInFocus(profile, marks))
  const shown = hideAndShow(focused, hide && new NameMatcher(profile, hide), show && new NameMatcher(profile, show))
  const unmatched: string[] = []
  if (focus !== undefined && !focusMatched) unmatched.push('focus')
  if (ignore !== undefined && !ignoreMatched) unmatched.push('ignore')
  return { profile: shown.profile, unmatched: [...unmatched, ...shown.unmatched] }
}

/** At least one location in focus and none ignored; so a sample without locations is never in focus. */
function stacksInFocus(profile: Profile, marks: Uint8Array): Uint8Array {
  const { stacks } = profile
  const keep = new Uint8Array(stacks.length)
  for (let stack = 0; stack < stacks.length; stack++) {
    let isFocused = 0
    const end = stacks.offsets[stack + 1] ?? 0
    for (let i = stacks.offsets[stack] ?? 0; i < end; i++) {
      const mark = marks[stacks.locations[i] ?? 0] ?? 0
      if (mark === FOCUSED) isFocused = 1
      else if (mark === IGNORED) {
        isFocused = 0
        break
      }
    }
    keep[stack] = isFocused
  }
  return keep
}

function hideAndShow(profile: Profile, hide: NameMatcher | undefined, show: NameMatcher | undefined): Filtered {
  if (hide === undefined && show === undefined) return { profile, unmatched: [] }
  const { locations, lines } = profile
  const keep = new Uint8Array(lines.length).fill(1)
  const hidden = new Uint8Array(locations.length)
  let hideMatched = false
  let showMatched = false
  let anyHidden = false
  for (let location = 0; location < locations.length; location++) {
    const start = locations.lineOffsets[location] ?? 0
    const end = locations.lineOffsets[location + 1] ?? 0
    if (hide?.matchesLocation(location)) {
      hideMatched = true
      const wholeBinary = hide.matchesMapping(location)
      for (let line = start; line < end; line++) if (wholeBinary || hide.matchesLine(line)) keep[line] = 0
      if (!anyKept(keep, start, end)) hidden[location] = 1
    }
    if (show !== undefined) {
      const wholeBinary = show.matchesMapping(location)
      for (let line = start; line < end; line++) {
        if (!wholeBinary && (lines.functionIndex[line] ?? NONE) !== NONE && !show.matchesLine(line)) keep[line] = 0
      }
      // A location without lines is hidden even when its binary matches: so google/pprof has it.
      if (anyKept(keep, start, end)) showMatched = true
      else hidden[location] = 1
    }
    if (hidden[location] === 1) anyHidden = true
  }
  let result = keepLines(profile, keep)
  if (anyHidden) {
    result = removeLocations(result, hidden)
    result = keepSamplesOfStacks(result, nonEmptyStacks(result.stacks))
  }
  const unmatched: string[] = []
  if (hide !== undefined && !hideMatched) unmatched.push('hide')
  if (show !== undefined && !showMatched) unmatched.push('show')
  return { profile: result, unmatched }
}

function anyKept(keep: Uint8Array, start: number, end: number): boolean {
  for (let line = start; line < end; line++) if (keep[line] === 1) return true
  return false
}

/** Drops the frames above the highest match; samples without a match go. */
export function showFrom(profile: Profile, pattern: RegularExpression): Filtered {
  const names = new NameMatcher(profile, pattern)
  const { locations, stacks } = profile
  const keep = new Uint8Array(profile.lines.length).fill(1)
  const matching = new Uint8Array(locations.length)
  for (let location = 0; location < locations.length; location++) {
    if (names.matchesMapping(location)) {
      matching[location] = 1
      continue
    }
    const start = locations.lineOffsets[location] ?? 0
    for (let line = (locations.lineOffsets[location + 1] ?? 0) - 1; line >= start; line--) {
      if (!names.matchesLine(line)) continue
      matching[location] = 1
      keep.fill(0, line + 1, locations.lineOffsets[location + 1])
      break
    }
  }
  const cut = cutStacks(keepLines(profile, keep), (start, end) => {
    for (let i = end - 1; i >= start; i--) if (matching[stacks.locations[i] ?? 0] === 1) return [start, i + 1]
    return [start, start]
  })
  const result = keepSamplesOfStacks(cut, nonEmptyStacks(cut.stacks))
  return { profile: result, unmatched: matching.includes(1) ? [] : ['show_from'] }
}

/** Which functions, mappings and locations an expression matches; each text is tested once. */
class NameMatcher {
  private readonly profile: Profile
  private readonly functionMatches: Uint8Array
  private readonly mappingMatches: readonly boolean[]

  constructor(profile: Profile, pattern: RegularExpression) {
    this.profile = profile
    const { functions, strings } = profile
    const tested = new Map<number, number>()
    const test = (index: number): number => {
      let result = tested.get(index)
      if (result === undefined) {
        result = pattern.test(strings[index] ?? '') ? 1 : 0
        tested.set(index, result)
      }
      return result
    }
    this.functionMatches = Uint8Array.from(
      functions.name,
      (name, row) => test(name) || test(functions.filename[row] ?? 0),
    )
    this.mappingMatches = profile.mappings.map((mapping) => pattern.test(mapping.file))
  }

  matchesLine(line: number): boolean {
    return this.functionMatches[this.profile.lines.functionIndex[line] ?? NONE] === 1
  }

  matchesMapping(location: number): boolean {
    return this.mappingMatches[this.profile.locations.mapping[location] ?? NONE] ?? false
  }

  matchesLocation(location: number): boolean {
    const { lineOffsets } = this.profile.locations
    const end = lineOffsets[location + 1] ?? 0
    for (let line = lineOffsets[location] ?? 0; line < end; line++) if (this.matchesLine(line)) return true
    return this.matchesMapping(location)
  }
}
