/** Go's `?debug=1` text of goroutine, threadcreate and custom count profiles: `goroutine profile: total 12`, then `3 @ 0x… 0x…`. */
import type { Profile } from '../../profile.ts'
import { linesOf, Omissions } from '../lines.ts'
import { type AddressSample, buildAddressProfile, hexAddresses, memoryMapLines, onCall } from './address-profile.ts'
import { startsMemoryMap } from './memory-map.ts'

const HEADER = /^(\S+) profile: total \d+$/
const SAMPLE = /^(\d+) @((?: 0x[0-9a-f]+)+)$/

/** `undefined` when the text is of another kind. */
export function importGoCount(text: string): Profile | undefined {
  const lines = linesOf(text)
  let line = lines.next()
  let number = 1
  while (!line.done && isBlankOrComment(line.value)) {
    line = lines.next()
    number++
  }
  const type = line.done ? undefined : HEADER.exec(line.value)?.[1]
  if (type === undefined) return undefined
  const omissions = new Omissions()
  const samples: AddressSample[] = []
  let current = ''
  for (line = lines.next(); !line.done; line = lines.next()) {
    number++
    current = line.value
    if (current.startsWith('---') || startsMemoryMap(current)) break
    if (isBlankOrComment(current)) continue
    const match = SAMPLE.exec(current)
    const addresses = hexAddresses(match?.[2] ?? '')
    if (match?.[1] === undefined || addresses === undefined) omissions.add('malformed samples', `line ${number}`)
    else samples.push({ addresses: addresses.map(onCall), values: [BigInt(match[1])] })
  }
  const types = [{ type, unit: 'count' }]
  const header = { periodType: { type, unit: 'count' }, period: 1n }
  return buildAddressProfile(types, samples, memoryMapLines(lines, current), header, omissions)
}

function isBlankOrComment(line: string): boolean {
  const text = line.trim()
  return text === '' || text.startsWith('#')
}
