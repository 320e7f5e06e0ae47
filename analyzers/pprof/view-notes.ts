/**
 * Sentences that explain a view: filters that matched nothing, and why there is nothing to see with what to call
 * instead.
 */
import { sumOfMagnitudes } from './int64.ts'
import type { View } from './view.ts'

/** What a difference without samples says of itself. */
export const NOTHING_LEFT = 'Nothing is left of the difference: both profiles hold the same values.'

export function viewNotes(view: View): string[] {
  const notes = [...view.whole.warnings]
  for (const filter of view.unmatched) notes.push(`\`${filter}\` matched nothing in this profile.`)
  if (view.stacks.live.includes(1)) return notes
  return [...notes, ...emptyNotes(view)]
}

function emptyNotes(view: View): string[] {
  const { whole, sampleIndex, sampleType } = view
  if (whole.warnings.includes(NOTHING_LEFT)) return []
  if (whole.samples.length === 0)
    return ['The profile holds no samples: it was taken while nothing happened, or its sampling was off.']
  if (view.pctBase > 0n) {
    const hint = view.unmatched.length > 0 ? 'check the spelling of the filters' : 'loosen the filters'
    return [`No sample passes the filters: ${hint}, or call pprof.top without them to see what is there.`]
  }
  const others = whole.sampleTypes.filter((_, index) => {
    const values = whole.samples.values[index]
    return index !== sampleIndex && values !== undefined && sumOfMagnitudes(values) > 0n
  })
  const names = others.map((each) => `\`${each.type}\``).join(', ')
  if (others.length === 0) return ['Every value of every sample type is zero.']
  const why = sampleType.type.startsWith('inuse_')
    ? `All \`${sampleType.type}\` values are zero: a delta profile counts allocations of an interval, not what is live.`
    : `All \`${sampleType.type}\` values are zero.`
  return [why, `Call again with sample_index ${names}.`]
}

/** For tools that select functions by an expression and found none. */
export function noMatchNote(view: View, pattern: string, what = 'function'): string {
  if (!view.stacks.live.includes(1)) return `Nothing is left to match \`${pattern}\` against.`
  return `No ${what} with samples matches \`${pattern}\`; pprof.top shows the names, and (?i) ignores case.`
}
