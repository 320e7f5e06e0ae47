/** The reports about samples as they are: `traces`, `tags` and `comments`, as google/pprof prints them. */
import { labelsOf, numericUnits } from '../label-sets.ts'
import type { Profile } from '../profile.ts'
import { scaledText } from '../units.ts'
import type { View } from '../view.ts'
import { profileLines } from './header.ts'
import { label, percentage } from './measure.ts'
import { compareBytes } from './node-order.ts'
import { makeReport, type ReportOptions, valueFormat } from './report.ts'
import { magnitude, meanOrSum } from './report-graph.ts'

const RULE = `${'-'.repeat(11)}+${'-'.repeat(55)}`

/** Each sample with its labels and its whole stack. */
export function* tracesText(profile: Profile, options: ReportOptions): Generator<string> {
  const report = makeReport(profile, { ...options, sandboxes: true })
  const { view } = report
  const format = valueFormat(report, view.unit ?? 'minimum')
  const { samples, stacks } = view.profile
  const values = samples.values[view.sampleIndex]
  const counts = view.divisors === null ? undefined : samples.values[0]
  yield `${profileLines(report, format).join('\n')}\n`
  for (let sample = 0; sample < samples.length; sample++) {
    const stack = samples.stack[sample] ?? 0
    if (stacks.offsets[stack] === stacks.offsets[stack + 1]) continue
    const value = meanOrSum(BigInt(values?.[sample] ?? 0), BigInt(counts?.[sample] ?? 0))
    yield `${RULE}\n${labelLines(view, samples.labelSet[sample] ?? 0)}${stackLines(view, stack, format(value))}`
  }
  yield `${RULE}\n`
}

/** First the texts, then the numbers, each by key. */
function labelLines(view: View, set: number): string {
  const units = numericUnits(view.whole)
  const texts = new Map<string, string[]>()
  const numbers = new Map<string, string[]>()
  for (const { key, text, number } of labelsOf(view.profile, set)) {
    const group = text === null ? numbers : texts
    const values = group.get(key) ?? []
    values.push(text ?? label(number, units.get(key) ?? ''))
    group.set(key, values)
  }
  return [texts, numbers]
    .flatMap((group) =>
      Array.from(group, ([key, values]) => `${key.padStart(10)}:  ${values.join(' ')}\n`).sort(compareBytes),
    )
    .join('')
}

function stackLines(view: View, stack: number, value: string): string {
  const { profile, table } = view
  let lines = ''
  for (let i = profile.stacks.offsets[stack] ?? 0; i < (profile.stacks.offsets[stack + 1] ?? 0); i++) {
    const location = profile.stacks.locations[i] ?? 0
    const last = (table.offsets[location + 1] ?? 0) - 1
    for (let j = table.offsets[location] ?? 0; j <= last; j++) {
      const inline = j < last ? ' (inline)' : ''
      const shown = lines === '' ? value : ''
      lines += `${shown.padStart(10)}   ${table.frames[table.ids[j] ?? 0]?.name ?? ''}${inline}\n`
    }
  }
  return lines
}

/** Values by label: each key with its total, then its values, largest first. */
export function tagsText(profile: Profile, options: ReportOptions): string {
  const report = makeReport(profile, options)
  const { view, total } = report
  const format = valueFormat(report, view.unit ?? 'minimum')
  const share = (value: bigint) => (total > 0n ? ` (${percentage(value, total)})` : '')
  return [...sumsByTag(view)]
    .sort(([left], [right]) => compareBytes(left, right))
    .map(([key, { sum, values }]) => {
      const rows = [...values]
        .sort(([leftName, left], [rightName, right]) => {
          const difference = magnitude(right) - magnitude(left)
          return difference === 0n ? compareBytes(leftName, rightName) : difference > 0n ? 1 : -1
        })
        .map(([name, value]) => [`${format(value)}${share(value)}:`, name] as const)
      const first = Math.max(lengthOf(key) + 1, 1) + 1
      const second = rows.reduce((widest, [value]) => Math.max(widest, lengthOf(value)), 0) + 1
      const head = `${pad(`${key}:`, first)} Total ${format(sum)} of ${format(total)}${share(sum)}\n`
      return `${head}${rows.map(([value, name]) => `${pad(' ', first)}${pad(value, second)} ${name}\n`).join('')}\n`
    })
    .join('')
}

/** In characters, not in halves of them. */
const lengthOf = (text: string) => [...text].length
const pad = (text: string, width: number) => ' '.repeat(Math.max(0, width - lengthOf(text))) + text

interface TagSums {
  sum: bigint
  readonly values: Map<string, bigint>
}

function sumsByTag(view: View): Map<string, TagSums> {
  const { samples, labelSets } = view.profile
  const units = numericUnits(view.whole)
  const values = samples.values[view.sampleIndex]
  const weights = new BigInt64Array(labelSets.length)
  const used = new Uint8Array(labelSets.length)
  for (let sample = 0; sample < samples.length; sample++) {
    const set = samples.labelSet[sample] ?? 0
    used[set] = 1
    weights[set] = (weights[set] ?? 0n) + BigInt(values?.[sample] ?? 0)
  }
  const sums = new Map<string, TagSums>()
  for (let set = 0; set < labelSets.length; set++) {
    if (used[set] === 0) continue
    const weight = weights[set] ?? 0n
    for (const { key, text, number } of labelsOf(view.profile, set)) {
      const name = text ?? scaledText(Number(number), units.get(key) ?? '', view.unit ?? 'minimum')
      const tag = sums.get(key) ?? { sum: 0n, values: new Map<string, bigint>() }
      sums.set(key, tag)
      tag.sum = BigInt.asIntN(64, tag.sum + weight)
      tag.values.set(name, BigInt.asIntN(64, (tag.values.get(name) ?? 0n) + weight))
    }
  }
  return sums
}

export function commentsText(profile: Profile): string {
  return profile.comments.map((comment) => `${comment}\n`).join('')
}
