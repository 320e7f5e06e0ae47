/**
 * Java's legacy profiles: `--- heapz 1 ---` and `--- contentionz 1 ---` texts and the binary CPU form with the Java flag.
 * Behind the samples a table gives a name, file and line for each address; the addresses themselves mean nothing.
 */

import type { Profile, ValueType } from '../../profile.ts'
import { type Label, ProfileBuilder } from '../../profile-builder.ts'
import { linesOf, Omissions } from '../lines.ts'
import { type AddressSample, hexAddresses } from './address-profile.ts'
import { cpuSampleTypes, readCpuSamples } from './cpu.ts'
import { framePatterns } from './frames.ts'
import { scaledHeapSample } from './heap.ts'

const ATTRIBUTE = /([\w ]+)=([\w ]+)/
const SAMPLE = /^ *(\d+) +(\d+) +@ +([ x0-9a-f]*)/
const LOCATION = /^\s*0x([0-9a-fA-F]+)\s+(.*)\s*$/
const FILE_AND_LINE = /^(.*)\s+\((.+):(-?[0-9]+)\)$/
const PATH = /^(.*)\s+\((.*)\)$/
/** The agent samples one allocation in so many bytes. */
const HEAP_RATE = 524_288n

interface JavaHeader {
  sampleTypes: ValueType[]
  period: bigint
  durationNanos: bigint
  periodType: ValueType
}

export function importJavaCpu(bytes: Uint8Array): Profile | undefined {
  const read = readCpuSamples(bytes)
  if (!read?.java) return undefined
  const omissions = new Omissions()
  if (!read.complete) omissions.add('ends of file without an end marker', 'the last sample')
  const header = { periodType: { type: 'cpu', unit: 'nanoseconds' }, period: read.period, durationNanos: 0n }
  return build({ ...header, sampleTypes: cpuSampleTypes }, read.samples, linesOf(read.rest), omissions)
}

/** `undefined` when the text is of another kind. */
export function importJava(text: string): Profile | undefined {
  const lines = linesOf(text)
  const first = lines.next()
  const kind = first.done
    ? undefined
    : { '--- heapz 1 ---': 'heap', '--- contentionz 1 ---': 'contention' }[first.value.trim()]
  if (kind === undefined) return undefined
  const header: JavaHeader = { sampleTypes: [], period: 0n, durationNanos: 0n, periodType: { type: '', unit: '' } }
  let line = lines.next()
  let number = 2
  for (; !line.done; line = lines.next(), number++) {
    const attribute = ATTRIBUTE.exec(line.value.trim())
    if (line.value.trim() === '') continue
    if (attribute === null) break
    if (!readAttribute(kind, attribute[1]?.trim() ?? '', attribute[2]?.trim() ?? '', header)) return undefined
  }
  const omissions = new Omissions()
  const samples: AddressSample[] = []
  for (; !line.done; line = lines.next(), number++) {
    if (line.value.trim() === '') continue
    const match = SAMPLE.exec(line.value)
    if (match === null) break
    const sample = readSample(kind, match, header)
    if (sample === undefined) omissions.add('malformed samples', `line ${number}`)
    else samples.push(sample)
  }
  const rest = line.done ? [] : [line.value]
  return build(header, samples, chain(rest, lines), omissions)
}

function readAttribute(kind: string, name: string, value: string, header: JavaHeader): boolean {
  switch (`${kind}/${name}`) {
    case 'heap/format':
    case 'contention/format':
      return value === 'java'
    case 'heap/resolution':
      header.sampleTypes = [
        { type: 'inuse_objects', unit: 'count' },
        { type: 'inuse_space', unit: value },
      ]
      return true
    case 'contention/resolution':
      header.sampleTypes = [
        { type: 'contentions', unit: 'count' },
        { type: 'delay', unit: value },
      ]
      return true
    case 'contention/sampling period':
      header.periodType = { type: 'contentions', unit: 'count' }
      header.period = /^\d+$/.test(value) ? BigInt(value) : 0n
      return true
    case 'contention/ms since reset':
      header.durationNanos = /^\d+$/.test(value) ? BigInt(value) * 1_000_000n : 0n
      return true
    default:
      return false
  }
}

/** Java writes the size or delay first and the count second. */
function readSample(kind: string, match: RegExpExecArray, header: JavaHeader): AddressSample | undefined {
  const [, amount = '0', count = '0', stack = ''] = match
  const addresses = hexAddresses(stack)
  if (addresses === undefined) return undefined
  const values = [BigInt(count), BigInt(amount)] as const
  if (kind === 'heap') {
    if (values[0] === 0n) return undefined
    const labels: Label[] = [{ key: 'bytes', number: values[1] / values[0] }]
    return { addresses, values: scaledHeapSample(values[0], values[1], HEAP_RATE), labels }
  }
  const factor = header.period === 0n ? 1n : header.period
  return { addresses, values: values.map((value) => value * factor) }
}

function build(
  header: JavaHeader,
  samples: readonly AddressSample[],
  table: Iterable<string>,
  omissions: Omissions,
): Profile {
  const builder = new ProfileBuilder(header.sampleTypes)
  const wanted = new Set(samples.flatMap((sample) => [...sample.addresses]))
  const rows = new Map<bigint, number>()
  const files = new Map<string, string>()
  for (const line of table) {
    const match = LOCATION.exec(line.trim())
    if (match?.[1] === undefined || match[1].length > 16) continue
    const address = BigInt(`0x${match[1]}`)
    if (!wanted.has(address)) continue
    const frame = readFrame(match[2] ?? '')
    // A function of one name is one function: the file first given stands for all its lines.
    const file = files.get(frame.name) ?? frame.file
    files.set(frame.name, file)
    rows.set(address, builder.addFrame({ name: frame.name, filename: file, line: frame.line }))
  }
  for (const address of wanted) {
    if (!rows.has(address)) rows.set(address, builder.addLocation({ address, lines: [] }))
  }
  for (const { addresses, values, labels } of samples) {
    builder.addSample(
      addresses.flatMap((address) => rows.get(address) ?? []),
      values,
      labels,
    )
  }
  return builder.finish({ ...framePatterns(header.sampleTypes), ...header, warnings: omissions.warnings() })
}

function readFrame(text: string): { readonly name: string; readonly file: string; readonly line: number } {
  const located = FILE_AND_LINE.exec(text)
  if (located !== null) {
    return { name: located[1] ?? '', file: located[2] ?? '', line: Math.max(Number(located[3]), 0) }
  }
  const library = PATH.exec(text)
  if (library !== null) {
    return { name: library[1] ?? '', file: (library[2] ?? '').split('/').at(-1) ?? '', line: 0 }
  }
  return { name: text.includes('generated stub/JIT') ? 'STUB' : text, file: '', line: 0 }
}

function* chain(first: Iterable<string>, rest: Iterable<string>): Generator<string> {
  yield* first
  yield* rest
}
