/** The value of samples broken down by their labels: per key, per value of the key. */
import { z } from 'zod'
import { type ExactInteger, exactAt, exactSums, toDouble, toExact } from './int64.ts'
import { labelKeys, numericUnits } from './label-sets.ts'
import type { Int64Column, Profile } from './profile.ts'
import { compareNames } from './top.ts'
import { shownValue, type View, viewHeadOf, viewOf } from './view.ts'
import { viewNotes } from './view-notes.ts'
import { exactInteger, type ViewOptions, viewResult } from './view-options.ts'

export const tagsResult = z.object({
  ...viewResult,
  tags: z
    .array(
      z.object({
        key: z.string(),
        unit: z.string().optional().describe('Of a numeric key'),
        total: exactInteger.describe('Value of the samples with this key'),
        pct: z.number().describe('total in percent of pct_base'),
        values: z
          .array(
            z.object({
              value: z.union([z.string(), z.int()]).describe('Text, or a number in `unit`'),
              total: exactInteger.describe('Value of the samples with this label'),
              pct: z.number().describe('total in percent of pct_base'),
            }),
          )
          .describe('Largest first'),
        omitted: z.int().describe('Values left out by nodecount'),
      }),
    )
    .describe('Label keys, largest total first; a key with texts and numbers comes twice'),
  omitted: z.int().describe('Values left out by nodecount, of all keys'),
})
export type TagsResult = z.output<typeof tagsResult>

export interface TagsOptions extends ViewOptions {
  /** Values per key; 0 for all. */
  readonly nodecount?: number | undefined
}

export function tags(profile: Profile, options: TagsOptions = {}): TagsResult {
  const view = viewOf(profile, options)
  const groups = groupLabels(view.profile)
  const [totals = new Float64Array(0)] = exactSums(weightsOfLabelSets(view), (weights) => [groups.addUp(weights)])
  const units = numericUnits(view.whole)
  const base = Number(view.pctBase)
  const percent = (value: ExactInteger) => (base === 0 ? 0 : (toDouble(value) / base) * 100)
  let omitted = 0
  const result = groups.keys.map(({ key, isNumeric, rows, row }) => {
    const values = rows
      .map((each) => {
        const total = exactAt(totals, each.row)
        return { value: each.text ?? toExact(each.number), total, pct: percent(total) }
      })
      .filter((each) => each.total !== 0)
      .sort(
        (left, right) =>
          Math.abs(toDouble(right.total)) - Math.abs(toDouble(left.total)) || compareValues(left.value, right.value),
      )
    const shown = options.nodecount ? values.slice(0, options.nodecount) : values
    omitted += values.length - shown.length
    const total = exactAt(totals, row)
    return {
      key,
      ...(isNumeric ? { unit: units.get(key) ?? '' } : {}),
      total: shownValue(view, total),
      pct: percent(total),
      values: shown.map((each) => ({ ...each, total: shownValue(view, each.total) })),
      omitted: values.length - shown.length,
    }
  })
  const present = result.filter((each) => each.values.length > 0)
  present.sort(
    (left, right) =>
      Math.abs(toDouble(right.total)) - Math.abs(toDouble(left.total)) || compareNames(left.key, right.key),
  )
  const notes = viewNotes(view)
  if (present.length === 0 && view.stacks.live.includes(1)) notes.push(noLabelsNote(view))
  return {
    ...viewHeadOf(view),
    tags: present,
    omitted,
    notes,
  }
}

function noLabelsNote(view: View): string {
  const keys = labelKeys(view.whole)
  if (keys.length === 0) {
    return 'No sample of this profile has labels; in Go they are set with pprof.Do or pprof.SetGoroutineLabels.'
  }
  const named = keys.slice(0, MAX_NAMED_KEYS).join(', ')
  const more = keys.length > MAX_NAMED_KEYS ? ` and ${keys.length - MAX_NAMED_KEYS} more` : ''
  return `No sample that passed the filters has a label that is shown. The keys of this profile are ${named}${more}.`
}

const MAX_NAMED_KEYS = 20

interface LabelRow {
  readonly row: number
  readonly text: string | null
  readonly number: bigint
}

interface LabelGroups {
  readonly keys: readonly {
    readonly key: string
    readonly isNumeric: boolean
    /** Where the total of the key is added up. */
    readonly row: number
    readonly rows: LabelRow[]
  }[]
  /** Adds the weights of label sets up by label and by key. */
  addUp(weightOfSet: Float64Array): Float64Array
}

function groupLabels(profile: Profile): LabelGroups {
  const { labelSets, strings } = profile
  const groups = new Map<string, { key: string; isNumeric: boolean; row: number; rows: LabelRow[] }>()
  const rowOfLabel = new Map<string, number>()
  const labelRow = new Uint32Array(labelSets.key.length)
  const keyRow = new Uint32Array(labelSets.key.length)
  let rowCount = 0
  for (let i = 0; i < labelSets.key.length; i++) {
    const key = labelSets.key[i] ?? 0
    const text = labelSets.text[i] ?? 0
    const groupKey = `${key}/${text === 0}`
    let group = groups.get(groupKey)
    if (group === undefined) {
      group = { key: strings[key] ?? '', isNumeric: text === 0, row: rowCount++, rows: [] }
      groups.set(groupKey, group)
    }
    const number = labelSets.number[i] ?? 0n
    const labelKey = `${key}/${text}/${number}`
    let row = rowOfLabel.get(labelKey)
    if (row === undefined) {
      row = rowCount++
      rowOfLabel.set(labelKey, row)
      group.rows.push({ row, text: text === 0 ? null : (strings[text] ?? ''), number })
    }
    labelRow[i] = row
    keyRow[i] = group.row
  }
  return {
    keys: [...groups.values()],
    addUp(weightOfSet) {
      const sums = new Float64Array(rowCount)
      for (let set = 0; set < labelSets.length; set++) {
        const weight = weightOfSet[set] ?? 0
        for (let i = labelSets.offsets[set] ?? 0; i < (labelSets.offsets[set + 1] ?? 0); i++) {
          const label = labelRow[i] ?? 0
          const key = keyRow[i] ?? 0
          sums[label] = (sums[label] ?? 0) + weight
          sums[key] = (sums[key] ?? 0) + weight
        }
      }
      return sums
    },
  }
}

function weightsOfLabelSets(view: View): Int64Column {
  const { samples, labelSets } = view.profile
  const values = samples.values[view.sampleIndex] ?? new Float64Array(samples.length)
  if (values instanceof Float64Array) {
    const weights = new Float64Array(labelSets.length)
    for (let sample = 0; sample < samples.length; sample++) {
      const set = samples.labelSet[sample] ?? 0
      weights[set] = (weights[set] ?? 0) + (values[sample] ?? 0)
    }
    return weights
  }
  const weights = new BigInt64Array(labelSets.length)
  for (let sample = 0; sample < samples.length; sample++) {
    const set = samples.labelSet[sample] ?? 0
    weights[set] = (weights[set] ?? 0n) + (values[sample] ?? 0n)
  }
  return weights
}

function compareValues(left: string | number, right: string | number): number {
  return typeof left === 'number' && typeof right === 'number'
    ? left - right
    : compareNames(String(left), String(right))
}
