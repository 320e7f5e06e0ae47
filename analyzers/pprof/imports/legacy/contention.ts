/**
 * Legacy contention text: `--- contentionz` of C++ and `--- mutex:` or `--- contention:` of Go's `?debug=1`. Each line is
 * `delay count @ addresses`; delays are cycles, turned into nanoseconds where the clock rate is given.
 */
import type { Profile } from '../../profile.ts'
import { linesOf, Omissions } from '../lines.ts'
import { type AddressSample, buildAddressProfile, hexAddresses, memoryMapLines, onCall } from './address-profile.ts'

const HEADER = /^--- (contentionz |mutex:|contention:)/
const SAMPLE = /(\d+) *(\d+) @([ x0-9a-f]*)/
const INTEGER = /^\d+$/

interface Attributes {
  readonly cyclesPerSecond: bigint
  readonly period: bigint
  readonly durationNanos: bigint
}

/** `undefined` when the text is of another kind, Java's form included. */
export function importContention(text: string): Profile | undefined {
  const lines = linesOf(text)
  const first = lines.next()
  if (first.done || !HEADER.test(first.value)) return undefined
  let cyclesPerSecond = 0n
  let period = 1n
  let durationNanos = 0n
  let number = 1
  let line = lines.next()
  for (; !line.done; line = lines.next()) {
    number++
    const attribute = line.value.trim()
    if (attribute === '' || attribute.startsWith('#')) continue
    const equals = attribute.indexOf('=')
    if (attribute.startsWith('---') || equals < 0) break
    const value = attribute.slice(equals + 1).trim()
    const name = attribute.slice(0, equals).trim()
    if (name === 'discarded samples') continue
    if (!INTEGER.test(value)) return undefined
    if (name === 'cycles/second') cyclesPerSecond = BigInt(value)
    else if (name === 'sampling period') period = BigInt(value)
    else if (name === 'ms since reset') durationNanos = BigInt(value) * 1_000_000n
    else return undefined
  }
  const omissions = new Omissions()
  const samples: AddressSample[] = []
  let current = ''
  for (; !line.done; line = lines.next(), number++) {
    current = line.value.trim()
    if (current.startsWith('---')) break
    if (current === '' || current.startsWith('#')) continue
    const sample = parseSample(current, { cyclesPerSecond, period, durationNanos })
    if (sample === undefined) omissions.add('malformed samples', `line ${number}`)
    else samples.push(sample)
  }
  const types = [
    { type: 'contentions', unit: 'count' },
    { type: 'delay', unit: 'nanoseconds' },
  ]
  const header = { periodType: { type: 'contentions', unit: 'count' }, period, durationNanos }
  return buildAddressProfile(types, samples, memoryMapLines(lines, current), header, omissions)
}

function parseSample(line: string, { cyclesPerSecond, period }: Attributes): AddressSample | undefined {
  const match = SAMPLE.exec(line)
  const addresses = hexAddresses(match?.[3] ?? '')
  if (match === null || addresses === undefined) return undefined
  let delay = BigInt(match[1] ?? '0')
  let count = BigInt(match[2] ?? '0')
  if (period > 0n) {
    // Doubles and truncation as in google/pprof.
    if (cyclesPerSecond > 0n)
      delay = BigInt(Math.trunc((Number(delay) * Number(period)) / (Number(cyclesPerSecond) / 1e9)))
    count *= period
  }
  return { addresses: addresses.map(onCall), values: [count, delay] }
}
