/**
 * What the legacy formats have in common: samples whose stacks are bare addresses, and a memory map behind them. Collects
 * them and makes the columns.
 */

import type { Profile, ValueType } from '../../profile.ts'
import { type Label, ProfileBuilder, type ProfileHeader } from '../../profile-builder.ts'
import type { Omissions } from '../lines.ts'
import { framePatterns } from './frames.ts'
import { assignMappings, parseMemoryMap, startsMemoryMap } from './memory-map.ts'

export interface AddressSample {
  /** Leaf first, already moved onto the call instruction where they are return addresses. */
  readonly addresses: readonly bigint[]
  readonly values: readonly bigint[]
  readonly labels?: readonly Label[]
}

const HEX_NUMBER = /0x[0-9a-f]+/g

/** The addresses in a line, or `undefined` when one does not fit 64 bits. */
export function hexAddresses(text: string): bigint[] | undefined {
  const words = text.match(HEX_NUMBER) ?? []
  return words.some((word) => word.length > 18) ? undefined : words.map(BigInt)
}

/** A return address points behind its call: one less lies on it. */
export function onCall(address: bigint): bigint {
  return BigInt.asUintN(64, address - 1n)
}

/** Lines behind the one that announces the memory map; the iterator stands behind the samples. */
export function* memoryMapLines(lines: Iterator<string>, current: string): Generator<string> {
  let line: IteratorResult<string> = { value: current, done: false }
  while (!line.done && !startsMemoryMap(line.value)) line = lines.next()
  for (line = lines.next(); !line.done; line = lines.next()) yield line.value
}

/** `mapLines` are the lines of the memory map; none where the profile has no map. */
export function buildAddressProfile(
  sampleTypes: readonly ValueType[],
  samples: readonly AddressSample[],
  mapLines: Iterable<string>,
  header: ProfileHeader,
  omissions: Omissions,
): Profile {
  const addresses = [...new Set(samples.flatMap((sample) => [...sample.addresses]))]
  const { mappings, indexOf } = assignMappings(parseMemoryMap(mapLines), addresses)
  const builder = new ProfileBuilder(sampleTypes)
  for (const mapping of mappings) {
    builder.addMapping({
      ...mapping,
      hasFunctions: false,
      hasFilenames: false,
      hasLineNumbers: false,
      hasInlineFrames: false,
    })
  }
  const rows = new Map<bigint, number>()
  for (const [i, address] of addresses.entries()) {
    const mapping = indexOf[i]
    rows.set(address, builder.addLocation({ address, lines: [], ...(mapping === undefined ? {} : { mapping }) }))
  }
  for (const { addresses: stack, values, labels } of samples) {
    const locations = stack.flatMap((address) => rows.get(address) ?? [])
    builder.addSample(locations, values, labels)
  }
  return builder.finish({ ...framePatterns(sampleTypes), ...header, warnings: omissions.warnings() })
}
