/**
 * The text of `perf script`: a header line for each sample, its frames leaf first, an empty line. Each event becomes a
 * sample type of its own next to `samples`; command, process and thread become labels.
 */
import { UserError } from '../../shared/user-error.ts'
import type { Profile, ValueType } from '../profile.ts'
import { type Label, ProfileBuilder } from '../profile-builder.ts'
import { linesOf, Omissions } from './lines.ts'

/** `comm  pid[/tid] [cpu] seconds: [period] event: …`; the command may hold spaces. */
const HEADER =
  /^(\S.*?)\s+(\d+)(?:\/(\d+))?\s+(?:\[(\d+)\]\s+)?(?:[a-zA-Z.0]{4,5}\s+)?(\d+\.\d+):\s+(?:(\d+)\s+)?([^\s:][^\s]*?):(?:\s|$)/
/** `address symbol+0xoffset (binary)`, or without the offset, or `address [unknown] (binary)`. */
const FRAME = /^\s+([0-9a-f]+)\s+(.*?)\s+\((.*)\)\s*$/
const OFFSET = /\+0x[0-9a-f]+$/
const LINES_TO_LOOK_AT = 200

/** perf's own clocks count nanoseconds; everything else counts events. */
const CLOCKS = /^(cpu|task)-clock/

interface Sample {
  readonly event: string
  readonly period: number
  readonly labels: readonly Label[]
  readonly locations: number[]
}

export function looksLikePerfScript(text: string): boolean {
  let header = false
  let looked = 0
  for (const line of linesOf(text)) {
    if (line.startsWith('#') || line.trim() === '') continue
    if (header && FRAME.test(line)) return true
    header = HEADER.test(line)
    if (++looked === LINES_TO_LOOK_AT) break
  }
  return false
}

/** @throws UserError `PROFILE_EMPTY` when no sample could be read. */
export function importPerfScript(text: string): Profile {
  const events = [...eventsOf(text)]
  const counts = events.map(eventType)
  const builder = new ProfileBuilder([{ type: 'samples', unit: 'count' }, ...counts])
  const omissions = new Omissions()
  const mappings = new Map<string, number>()
  const mappingOf = (file: string) => {
    const known = mappings.get(file)
    if (known !== undefined) return known
    const row = builder.addMapping({
      start: 0n,
      limit: 0n,
      offset: 0n,
      file,
      buildId: '',
      hasFunctions: true,
      hasFilenames: false,
      hasLineNumbers: false,
      hasInlineFrames: false,
    })
    mappings.set(file, row)
    return row
  }
  let sample: Sample | undefined
  const close = () => {
    if (sample === undefined) return
    const { event, period, labels, locations } = sample
    builder.addSample(locations, [1, ...events.map((each) => (each === event ? period : 0))], labels)
    sample = undefined
  }
  let number = 0
  for (const line of linesOf(text)) {
    number++
    if (line.startsWith('#')) continue
    if (line.trim() === '') {
      close()
      continue
    }
    const frame = sample === undefined ? null : FRAME.exec(line)
    if (frame !== null && sample !== undefined) {
      sample.locations.push(location(builder, mappingOf, frame))
      continue
    }
    const header = HEADER.exec(line)
    if (header !== null) {
      close()
      sample = openSample(header)
    } else if (sample === undefined || !/^\s/.test(line)) {
      omissions.add('lines that are neither a sample nor a frame', `line ${number}`)
    }
  }
  close()
  if (builder.sampleCount === 0) {
    throw new UserError({
      code: 'PROFILE_EMPTY',
      message: 'The perf script text holds no samples',
      hint: 'Record with `perf record -g` and write it with `perf script`.',
    })
  }
  const main = counts.find((type) => type.unit === 'nanoseconds') ?? counts[0]
  return builder.finish({
    warnings: omissions.warnings(),
    ...(main === undefined ? {} : { defaultSampleType: main.type, periodType: main }),
  })
}

function openSample(header: RegExpExecArray): Sample {
  const [, comm = '', first = '', second, , , period = '1', event = ''] = header
  const labels: Label[] = [
    { key: 'comm', text: comm },
    { key: 'pid', number: BigInt(first) },
  ]
  if (second !== undefined) labels.push({ key: 'tid', number: BigInt(second) })
  return { event, period: Number(period), labels, locations: [] }
}

function location(builder: ProfileBuilder, mappingOf: (file: string) => number, frame: RegExpExecArray): number {
  const [, address = '0', symbol = '', binary = ''] = frame
  const name = symbol.replace(OFFSET, '')
  // Longer than 64 bits is no address; perf never prints one, a hostile file may.
  const value = address.length <= 16 ? BigInt(`0x${address}`) : 0n
  const inlined = binary === 'inlined'
  const lines = name === '[unknown]' || name === '' ? [] : [{ functionRow: builder.addFunction({ name }) }]
  return builder.addLocation({ address: value, lines, ...(inlined ? {} : { mapping: mappingOf(binary) }) })
}

function eventsOf(text: string): Set<string> {
  const events = new Set<string>()
  for (const line of linesOf(text)) {
    if (line === '' || line.startsWith('#') || /^\s+[0-9a-f]/.test(line)) continue
    const event = HEADER.exec(line)?.[7]
    if (event !== undefined) events.add(event)
  }
  return events
}

function eventType(event: string): ValueType {
  // `cycles:u` and `cycles:ppp` carry modifiers behind the colon; `sched:sched_switch` is a name.
  const name = event.replace(/:[ukhpPSDIHGWe]*$/, '')
  return { type: name === '' ? event : name, unit: CLOCKS.test(name) ? 'nanoseconds' : 'count' }
}
