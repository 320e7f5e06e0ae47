/** gperftools' `--- threadz N ---` text: the stack of every thread, with "same as previous thread" for repetitions. */
import type { Profile } from '../../profile.ts'
import { linesOf, Omissions } from '../lines.ts'
import { type AddressSample, buildAddressProfile, hexAddresses, memoryMapLines, onCall } from './address-profile.ts'
import { withoutDoubledLeaf } from './cpu.ts'
import { startsMemoryMap } from './memory-map.ts'

const START = /--- threadz \d+ ---/
const THREAD = /--- Thread ([0-9a-fA-F]+) \(name: (.*)\/(\d+)\) stack: ---/

/** `undefined` when the text is of another kind. */
export function importThread(text: string): Profile | undefined {
  const lines = linesOf(text)
  let line = lines.next()
  while (!line.done && (line.value.trim() === '' || line.value.trim().startsWith('#'))) line = lines.next()
  if (line.done) return undefined
  let current = line.value
  if (START.test(current)) {
    for (line = lines.next(); !line.done; line = lines.next()) {
      current = line.value
      if (startsMemoryMap(current) || current.startsWith('-')) break
    }
  } else if (!THREAD.test(current)) {
    return undefined
  }
  const omissions = new Omissions()
  const samples: { addresses: bigint[]; values: [bigint] }[] = []
  while (!line.done && !startsMemoryMap(current) && !current.startsWith('---- no stack trace for')) {
    if (!THREAD.test(current)) omissions.add('headings that name no thread', `\`${current.slice(0, 60)}\``)
    const addresses: bigint[] = []
    let same = false
    for (line = lines.next(); !line.done; line = lines.next()) {
      current = line.value.trim()
      if (current.startsWith('---')) break
      if (current.includes('same as previous thread')) same = true
      else addresses.push(...(hexAddresses(current) ?? []))
    }
    const previous = samples.at(-1)
    if (same || addresses.length === 0) {
      if (previous !== undefined) previous.values[0] += 1n
    } else {
      // The leaf is where the thread stands, the others are return addresses.
      samples.push({ addresses: addresses.map((each, i) => (i > 0 ? onCall(each) : each)), values: [1n] })
    }
  }
  const types = [{ type: 'thread', unit: 'count' }]
  const header = { periodType: { type: 'thread', unit: 'count' }, period: 1n }
  const cleaned: AddressSample[] = samples.map(withoutDoubledLeaf)
  return buildAddressProfile(types, cleaned, memoryMapLines(lines, current), header, omissions)
}
