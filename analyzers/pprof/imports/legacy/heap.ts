/**
 * Legacy heap text: `heap profile: N: BYTES [N: BYTES] @ heap_v2/RATE` of gperftools and of Go's `?debug=1`, and its
 * growth and fragmentation relatives. Sampled counts are scaled to estimates of all allocations, as google/pprof does.
 */
import type { Profile, ValueType } from '../../profile.ts'
import { linesOf, Omissions } from '../lines.ts'
import { type AddressSample, buildAddressProfile, hexAddresses, memoryMapLines, onCall } from './address-profile.ts'
import { startsMemoryMap } from './memory-map.ts'

const COUNTS = /heap profile: *(\d+): *(\d+) *\[ *(\d+): *(\d+) *\] *@ */.source
const HEAP = new RegExp(`${COUNTS}(heap[_a-z0-9]*)/?(\\d*)`)
const GROWTH = new RegExp(`${COUNTS}(?:growthz?|fragmentationz?)`)
const SAMPLE = /(-?\d+): *(-?\d+) *\[ *(\d+): *(\d+) *\] @([ x0-9a-f]*)/

interface Sampling {
  readonly scaled: boolean
  readonly period: bigint
}

/** `undefined` when the text is of another kind. */
export function importHeap(text: string): Profile | undefined {
  const lines = linesOf(text)
  const first = lines.next()
  if (first.done) return undefined
  const sampling = samplingOf(first.value)
  if (sampling === undefined) return undefined
  const hasAlloc = recordsAllocations(first.value)
  const omissions = new Omissions()
  const samples: AddressSample[] = []
  let current = ''
  let number = 1
  for (let line = lines.next(); !line.done; line = lines.next()) {
    number++
    current = line.value.trim()
    if (startsMemoryMap(current)) break
    if (current === '' || current.startsWith('#')) continue
    const sample = parseSample(current, sampling, hasAlloc)
    if (sample === undefined) omissions.add('malformed samples', `line ${number}`)
    else samples.push(sample)
  }
  const mapLines = startsMemoryMap(current) ? memoryMapLines(lines, current) : []
  const header = { periodType: { type: 'space', unit: 'bytes' }, period: sampling.period }
  return buildAddressProfile(sampleTypes(hasAlloc), samples, mapLines, header, omissions)
}

function samplingOf(line: string): Sampling | undefined {
  const heap = HEAP.exec(line)
  if (heap === null) return GROWTH.test(line) ? { scaled: false, period: 1n } : undefined
  const rate = heap[6] === undefined || heap[6] === '' ? 0n : BigInt(heap[6])
  switch (heap[5]) {
    case 'heapz_v2':
    case 'heap_v2':
      return { scaled: true, period: rate }
    case 'heapprofile':
      return { scaled: false, period: 1n }
    case 'heap':
      // Go writes twice its rate, for readers of the first version of the format.
      return { scaled: true, period: rate / 2n }
    default:
      return undefined
  }
}

/** Allocations are recorded when they differ from what is in use. */
function recordsAllocations(line: string): boolean {
  const [, objects, space, allocObjects = '0', allocSpace = '0'] = HEAP.exec(line) ?? []
  return (allocObjects !== objects && allocObjects !== '0') || (allocSpace !== space && allocSpace !== '0')
}

function sampleTypes(hasAlloc: boolean): readonly ValueType[] {
  const pair = (prefix: string): ValueType[] => [
    { type: `${prefix}objects`, unit: 'count' },
    { type: `${prefix}space`, unit: 'bytes' },
  ]
  // In use comes last, because the last type is the default.
  return hasAlloc ? [...pair('alloc_'), ...pair('inuse_')] : pair('')
}

function parseSample(line: string, sampling: Sampling, hasAlloc: boolean): AddressSample | undefined {
  const match = SAMPLE.exec(line)
  const addresses = hexAddresses(match?.[5] ?? '')
  if (match === null || addresses === undefined) return undefined
  const pairs = [...(hasAlloc ? [[match[3], match[4]] as const] : []), [match[1], match[2]] as const].map(
    ([count = '0', size = '0']) => [BigInt(count), BigInt(size)] as const,
  )
  if (pairs.some(([count, size]) => count === 0n && size !== 0n)) return undefined
  let blockSize = 0n
  for (const [count, size] of pairs) if (count !== 0n) blockSize = size / count
  const values = pairs.flatMap(([count, size]) =>
    sampling.scaled ? scaledHeapSample(count, size, sampling.period) : [count, size],
  )
  return { addresses: addresses.map(onCall), values, labels: [{ key: 'bytes', number: blockSize }] }
}

/**
 * Allocations are picked by a Poisson process with one pick per `rate` bytes on average, so one of size S is seen with
 * probability 1 − e^(−S/rate): dividing by it estimates all of them. Doubles and truncation as in google/pprof.
 */
export function scaledHeapSample(count: bigint, size: bigint, rate: bigint): [bigint, bigint] {
  if (count === 0n || size === 0n) return [0n, 0n]
  if (rate <= 1n) return [count, size]
  const average = Number(size) / Number(count)
  const scale = 1 / (1 - Math.exp(-average / Number(rate)))
  return [BigInt(Math.trunc(Number(count) * scale)), BigInt(Math.trunc(Number(size) * scale))]
}
