/**
 * The binary CPU profile of gperftools: a header of five words, then `count, depth, addresses…` for each stack, an end
 * marker, and the memory map as text. Cleans up what the signal handler leaves in the stacks, as google/pprof does.
 */
import type { Profile } from '../../profile.ts'
import { linesOf, Omissions } from '../lines.ts'
import { type AddressSample, buildAddressProfile, onCall } from './address-profile.ts'
import { WordReader, wordFormats } from './words.ts'

export interface CpuSamples {
  readonly java: boolean
  /** Nanoseconds between two samples. */
  readonly period: bigint
  readonly samples: readonly AddressSample[]
  /** What follows the end marker. */
  readonly rest: string
  readonly complete: boolean
}

/** The handler's frame is taken for an artefact when all but one in so many samples share it. */
const SIMILAR_SAMPLES = 32
const MAX_HANDLER_FRAMES = 2

export const cpuSampleTypes = [
  { type: 'samples', unit: 'count' },
  { type: 'cpu', unit: 'nanoseconds' },
]

/** `undefined` when the bytes are of another kind. */
export function importCpu(bytes: Uint8Array): Profile | undefined {
  const read = readCpuSamples(bytes)
  if (read === undefined || read.java) return undefined
  const omissions = new Omissions()
  if (!read.complete) omissions.add('ends of file without an end marker', 'the last sample')
  const samples = withoutHandlerFrames(read.samples).map(withoutDoubledLeaf)
  const header = { periodType: { type: 'cpu', unit: 'nanoseconds' }, period: read.period }
  return buildAddressProfile(cpuSampleTypes, samples, linesOf(read.rest), header, omissions)
}

export function readCpuSamples(bytes: Uint8Array): CpuSamples | undefined {
  for (const format of wordFormats) {
    const reader = new WordReader(bytes, format)
    const [zero, three, java, period, padding] = [
      reader.next(),
      reader.next(),
      reader.next(),
      reader.next(),
      reader.next(),
    ]
    const isHeader =
      zero === 0n && three === 3n && (java === 0n || java === 1n) && (period ?? 0n) > 0n && padding === 0n
    if (!isHeader || period === undefined) continue
    const nanos = period * 1000n
    const samples: AddressSample[] = []
    let complete = false
    while (reader.remainingBytes > 0) {
      const count = reader.next()
      const depth = reader.next()
      if (
        count === undefined ||
        depth === undefined ||
        depth > BigInt(Math.floor(reader.remainingBytes / format.width))
      )
        break
      const addresses = Array.from({ length: Number(depth) }, () => reader.next() ?? 0n)
      if (count === 0n && depth === 1n && addresses[0] === 0n) {
        complete = true
        break
      }
      samples.push({
        addresses: java === 1n ? addresses : addresses.map((each, i) => (i > 0 ? onCall(each) : each)),
        values: [count, count * nanos],
      })
    }
    if (samples.length === 0 && !complete) return undefined
    const rest = complete ? new TextDecoder().decode(bytes.subarray(reader.position)) : ''
    return { java: java === 1n, period: nanos, samples, rest, complete }
  }
  return undefined
}

/** The second frame of almost every sample is one that the signal handler pushed: no part of the program. */
function withoutHandlerFrames(samples: readonly AddressSample[]): readonly AddressSample[] {
  let current = samples
  const margin = Math.floor(samples.length / SIMILAR_SAMPLES)
  for (let round = 0; round < MAX_HANDLER_FRAMES; round++) {
    const counts = new Map<bigint, number>()
    for (const { addresses } of current) {
      const second = addresses[1]
      if (second !== undefined) counts.set(second, (counts.get(second) ?? 0) + 1)
    }
    const handler = [...counts].find(([, count]) => count >= current.length - margin)?.[0]
    if (handler === undefined) continue
    current = current.map((sample) =>
      sample.addresses[1] === handler ? { ...sample, addresses: sample.addresses.filter((_, i) => i !== 1) } : sample,
    )
  }
  return current
}

/** The leaf comes both from the signal and from unwinding, where it was moved by one: the second is dropped. */
export function withoutDoubledLeaf(sample: AddressSample): AddressSample {
  const [leaf, second] = sample.addresses
  if (leaf === undefined || second === undefined || leaf !== second + 1n) return sample
  return { ...sample, addresses: sample.addresses.filter((_, i) => i !== 1) }
}
