/** Every row of a profile as text, as `go tool pprof -raw` prints it. */
import { type Label, labelsOf } from '../label-sets.ts'
import { type Mapping, NAMELESS_MAPPING, NONE, type Profile } from '../profile.ts'
import { compareBytes } from './node-order.ts'
import { makeReport, type ReportOptions } from './report.ts'

export function* rawText(shown: Profile, options: ReportOptions): Generator<string> {
  const { profile, whole } = makeReport(shown, { ...options, granularity: 'address' }).view
  const { periodType } = profile
  for (const comment of profile.comments) yield `Comment: ${comment}\n`
  yield `PeriodType: ${periodType?.type ?? ''} ${periodType?.unit ?? ''}\n`
  yield `Period: ${profile.period}\n`
  if (profile.timeNanos !== 0n) yield `Time: ${timeText(profile.timeNanos)}\n`
  if (profile.durationNanos !== 0n) yield `Duration: ${durationText(profile.durationNanos).slice(0, 4)}\n`
  yield 'Samples:\n'
  const types = profile.sampleTypes.map(
    ({ type, unit }) => `${type}/${unit}${type === profile.defaultSampleType ? '[dflt]' : ''}`,
  )
  yield `${types.join(' ')}\n`
  for (let sample = 0; sample < profile.samples.length; sample++) yield sampleLines(profile, sample)
  yield 'Locations\n'
  for (let location = 0; location < profile.locations.length; location++)
    yield locationLines(profile, location, location < whole.locations.length)
  yield 'Mappings\n'
  yield mappingsOf(profile)
    .map((each, index) => {
      const facts = [
        each.hasFunctions ? '[FN]' : '',
        each.hasFilenames ? '[FL]' : '',
        each.hasLineNumbers ? '[LN]' : '',
        each.hasInlineFrames ? '[IN]' : '',
      ]
      const range = [each.start, each.limit, each.offset].map((value) => `0x${value.toString(16)}`).join('/')
      return `${index + 1}: ${range} ${each.file} ${each.buildId} ${facts.join('')}\n`
    })
    .join('')
}

/** A profile that names no binary counts as one of a nameless binary. */
function mappingsOf({ mappings }: Profile): readonly Mapping[] {
  return mappings.length === 0 ? [NAMELESS_MAPPING] : mappings
}

function sampleLines(profile: Profile, sample: number): string {
  const { samples, stacks } = profile
  const values = samples.values.map((column) => String(column[sample] ?? 0).padStart(10)).join(' ')
  const stack = samples.stack[sample] ?? 0
  const ids = Array.from(stacks.locations.subarray(stacks.offsets[stack], stacks.offsets[stack + 1]), (id) => id + 1)
  const labels = labelsOf(profile, samples.labelSet[sample] ?? 0)
  const isText = ({ text }: Label) => text !== null
  const lines = [`${values === '' ? '' : ' '}${values}: ${ids.map((id) => `${id} `).join('')}`]
  if (labels.some(isText)) lines.push(`                ${grouped(labels.filter(isText), ({ text }) => text ?? '')}`)
  const numbers = labels.filter((each) => !isText(each))
  if (numbers.length > 0) lines.push(`                ${numberText(numbers)}`)
  return `${lines.join('\n')}\n`
}

/** Units are shown for a key as soon as one of its numbers has one. */
function numberText(labels: readonly Label[]): string {
  const withUnit = new Set(labels.filter(({ unit }) => unit !== '').map(({ key }) => key))
  return grouped(labels, ({ key, number, unit }) => (withUnit.has(key) ? `${number} ${unit}` : String(number)))
}

function grouped(labels: readonly Label[], print: (label: Label) => string): string {
  const byKey = new Map<string, string[]>()
  for (const label of labels) byKey.set(label.key, [...(byKey.get(label.key) ?? []), print(label)])
  return Array.from(byKey, ([key, values]) => `${key}:[${values.join(' ')}]`)
    .sort(compareBytes)
    .join(' ')
}

function locationLines(profile: Profile, location: number, isOriginal: boolean): string {
  const { locations, lines, functions, strings } = profile
  const mapping = profile.mappings.length === 0 && isOriginal ? 0 : (locations.mapping[location] ?? NONE)
  const folded = locations.isFolded[location] === 1 ? '[F] ' : ''
  const address = (locations.address[location] ?? 0n).toString(16)
  let head = `${String(location + 1).padStart(6)}: 0x${address} ${mapping === NONE ? '' : `M=${mapping + 1} `}${folded}`
  const start = locations.lineOffsets[location] ?? 0
  const end = locations.lineOffsets[location + 1] ?? 0
  if (start === end) return `${head}\n`
  let text = ''
  for (let line = start; line < end; line++) {
    const row = lines.functionIndex[line] ?? NONE
    text += head
    head = '             '
    if (row === NONE) {
      text += '??\n'
      continue
    }
    const name = strings[functions.name[row] ?? 0] ?? ''
    const systemName = strings[functions.systemName[row] ?? 0] ?? ''
    const place = `${strings[functions.filename[row] ?? 0] ?? ''}:${lines.line[line] ?? 0} s=${functions.startLine[row] ?? 0}`
    text += `${name} ${place}${name === systemName ? '' : `(${systemName})`}\n`
  }
  return text
}

/** Go's print of a point in time, in UTC. */
function timeText(nanos: bigint): string {
  const fraction = ((nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  const date = new Date(Number((nanos - fraction) / 1_000_000n))
  const digits = fraction === 0n ? '' : `.${String(fraction).padStart(9, '0').replace(/0+$/, '')}`
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}${digits} +0000 UTC`
}

/** Go's print of a duration: `1h2m3.5s`, `12.5ms`. */
function durationText(nanos: bigint): string {
  if (nanos < 0n) return `-${durationText(-nanos)}`
  const decimal = (value: bigint, unit: bigint, digits: number) => {
    const rest = String(value % unit)
      .padStart(digits, '0')
      .replace(/0+$/, '')
    return `${value / unit}${rest === '' ? '' : `.${rest}`}`
  }
  if (nanos < 1_000n) return `${nanos}ns`
  if (nanos < 1_000_000n) return `${decimal(nanos, 1_000n, 3)}µs`
  if (nanos < 1_000_000_000n) return `${decimal(nanos, 1_000_000n, 6)}ms`
  const minutes = nanos / 60_000_000_000n
  const seconds = `${decimal(nanos % 60_000_000_000n, 1_000_000_000n, 9)}s`
  if (minutes === 0n) return seconds
  return minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`
}
