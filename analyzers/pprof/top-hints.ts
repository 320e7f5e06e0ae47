/**
 * What to look at next after a first look at a profile: short sentences chosen by what the profile holds. Each hint is
 * a row of a table; a new one is a new row. They name only tools that every server has.
 */
import { labelKeys } from './label-sets.ts'
import type { TopResult } from './top.ts'
import type { View } from './view.ts'

interface Hint {
  /** The sentence, or null where it does not apply. */
  readonly say: (view: View, rows: TopResult['rows'], options: HintOptions) => string | null
}

export interface HintOptions {
  readonly cum?: boolean | undefined
}

/** Keys by which people pay or are served: worth a breakdown before any code is read. */
const TENANT_LIKE = /tenant|connector|workspace|account|org|customer/i
const MAX_KEYS = 3

/** Logging and telemetry libraries, and the share of the total from which their cost is worth a word. */
const TELEMETRY = /opentelemetry|\botel\b|\bzap\b|logrus|\bslog\b|log4j|datadog|ddtrace/i
const TELEMETRY_PERCENT = 5

const hints: readonly Hint[] = [
  {
    say: ({ whole }) => {
      const keys = labelKeys(whole).filter((key) => TENANT_LIKE.test(key))
      if (keys.length === 0) return null
      return `Profile contains ${keys.slice(0, MAX_KEYS).join(', ')} labels. Use pprof.tags to analyze per value.`
    },
  },
  {
    say: ({ whole, sampleType }) => {
      const types = whole.sampleTypes.map((each) => each.type)
      if (!types.includes('alloc_space') || !types.includes('inuse_space')) return null
      return sampleType.type.startsWith('alloc')
        ? 'These are allocations since the start, freed ones included; sample_index inuse_space shows what is live.'
        : 'This is live memory; sample_index alloc_space shows where allocation, and so GC work, comes from.'
    },
  },
  {
    say: ({ sampleType }, rows, { cum }) =>
      cum === true || rows.length === 0 || sampleType.unit !== 'nanoseconds'
        ? null
        : 'Call again with cum=true to see which callers the time belongs to, or pprof.focus_paths for one function.',
  },
  {
    say: ({ whole }) =>
      whole.sampleTypes.some((each) => each.type === 'contentions')
        ? 'Go records mutex contention at Unlock, by the holder, and block profiles where one waited; pprof.peek shows the callers.'
        : null,
  },
  {
    say: ({ whole }) =>
      whole.sampleTypes.some((each) => /^goroutines?$/.test(each.type))
        ? 'Waiting goroutines all end in runtime.gopark: use pprof.focus_paths or hide=^runtime\\. to see what they wait in.'
        : null,
  },
  {
    say: (_, rows) => {
      const row = rows.find((each) => TELEMETRY.test(each.name) && each.cum_pct >= TELEMETRY_PERCENT)
      return row === undefined
        ? null
        : `Logging or telemetry takes part: ${row.name} accounts for ${row.cum_pct.toFixed(1)} %; focus on it to see from where.`
    },
  },
]

export function topHints(view: View, rows: TopResult['rows'], options: HintOptions = {}): string[] {
  return hints.map((hint) => hint.say(view, rows, options)).filter((sentence) => sentence !== null)
}
