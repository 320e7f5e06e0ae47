/**
 * The list of mapped binaries at the end of a legacy profile, in the form of `/proc/<pid>/maps` or the shorter one of
 * gperftools, and which mapping an address belongs to, by google/pprof's rules.
 */

/** Mutable while the rules below move and merge mappings. */
export interface MemoryMapping {
  start: bigint
  limit: bigint
  offset: bigint
  file: string
  buildId: string
}

const HEX = '(?:0x)?([0-9a-fA-F]+)'
const RANGE = `\\s*${HEX}[\\s-]?\\s*${HEX}:?`
const PERMISSIONS = '(?:\\s+([-rwxp]+))?'
const FILE = '(?:\\s+(\\S+))?'
const PROC_MAPS = new RegExp(
  `^${RANGE}${PERMISSIONS}(?:\\s+([0-9a-fA-F]+))?\\s+[0-9a-fA-F]+:[0-9a-fA-F]+\\s+[0-9]+${FILE}`,
)
const BRIEF_MAPS = new RegExp(`^${RANGE}${PERMISSIONS}${FILE}(?:\\s+\\(@([0-9a-fA-F]+)\\))?(?:\\s+([0-9a-fA-F]+))?`)
/** `file.cc:12] ` in front of a line that went through a logger. */
const LOG_PREFIX = /^[^[\]]+:[0-9]+\]\s/
const SHARED_LIBRARY = /(\.so$|\.so[._][0-9]+)/
const MAX_ADDRESS = (1n << 64n) - 1n
/** Where Linux puts the text of a program that is not position independent. */
const CLASSIC_START = 0x400000n

export function startsMemoryMap(line: string): boolean {
  return line.includes('--- Memory map: ---') || line.includes('MAPPED_LIBRARIES:')
}

/** Executable mappings in the order google/pprof gives them; lines of other forms are passed over, as there. */
export function parseMemoryMap(lines: Iterable<string>): MemoryMapping[] {
  const mappings: MemoryMapping[] = []
  const attributes: [name: string, value: string][] = []
  for (const raw of lines) {
    const line = attributes.reduce((text, [name, value]) => text.replaceAll(name, value), raw.replace(LOG_PREFIX, ''))
    const mapping = parseEntry(line)
    if (mapping !== undefined) {
      if (mapping !== 'not executable') mappings.push(mapping)
      continue
    }
    // `build=/path` defines `$build` for the lines below.
    const equals = line.indexOf('=')
    if (equals >= 0) attributes.push([`$${line.slice(0, equals).trim()}`, line.slice(equals + 1).trim()])
  }
  return mainBinaryFirst(merged(mappings))
}

function parseEntry(line: string): MemoryMapping | 'not executable' | undefined {
  const proc = PROC_MAPS.exec(line)
  const brief = proc === null ? BRIEF_MAPS.exec(line) : null
  const match = proc ?? brief
  if (match === null) return undefined
  const [, start = '', limit = '', permissions = ''] = match
  const offset = (proc === null ? match[5] : match[4]) ?? '0'
  const file = (proc === null ? match[4] : match[5]) ?? ''
  const buildId = proc === null ? (match[6] ?? '') : ''
  if (permissions !== '' && !permissions.includes('x')) return 'not executable'
  if (start.length > 16 || limit.length > 16 || offset.length > 16) return undefined
  return { start: hex(start), limit: hex(limit), offset: hex(offset), file, buildId }
}

function hex(digits: string): bigint {
  return BigInt(`0x${digits}`)
}

function merged(mappings: readonly MemoryMapping[]): MemoryMapping[] {
  const result: MemoryMapping[] = []
  for (const mapping of mappings) {
    const last = result.at(-1)
    if (last === undefined || !areAdjacent(last, mapping)) {
      result.push(mapping)
      continue
    }
    last.limit = mapping.limit
    if (mapping.file !== '') last.file = mapping.file
    if (mapping.buildId !== '') last.buildId = mapping.buildId
  }
  return result
}

function areAdjacent(a: MemoryMapping, b: MemoryMapping): boolean {
  if (a.file !== '' && b.file !== '' && a.file !== b.file) return false
  if (a.buildId !== '' && b.buildId !== '' && a.buildId !== b.buildId) return false
  if (a.limit !== b.start) return false
  return a.offset === 0n || b.offset === 0n || a.offset + (a.limit - a.start) === b.offset
}

function mainBinaryFirst(mappings: MemoryMapping[]): MemoryMapping[] {
  const main = mappings.findIndex(({ file }) => {
    const name = file.replaceAll('(deleted)', '').trim()
    return name !== '' && !SHARED_LIBRARY.test(name) && !name.startsWith('[')
  })
  const [first, found] = [mappings[0], mappings[main]]
  if (first !== undefined && found !== undefined) {
    mappings[0] = found
    mappings[main] = first
  }
  return mappings
}

/**
 * Gives every address its mapping and says which mappings remain. An address in none gets one made-up mapping that spans
 * everything, so that unsymbolised frames still have a binary to be named after.
 */
export function assignMappings(
  known: readonly MemoryMapping[],
  addresses: readonly bigint[],
): { readonly mappings: readonly MemoryMapping[]; readonly indexOf: readonly (number | undefined)[] } {
  const mappings = known.map((each) => ({ ...each }))
  if (mappings[0]?.file.startsWith('/anon_hugepage') && mappings[0].limit === mappings[1]?.start) mappings.shift()
  const main = mappings[0]
  if (main !== undefined && main.start - main.offset === CLASSIC_START) {
    main.start = CLASSIC_START
    main.offset = 0n
  }
  let madeUp: number | undefined
  const indexOf = addresses.map((address) => {
    if (address === 0n) return undefined
    const inside = mappings.findIndex((each) => each.start <= address && address < each.limit)
    if (inside >= 0) return inside
    // Some handlers list only the later part of a mapping that was split.
    const before = mappings.findIndex(
      (each) => each.offset !== 0n && each.start - each.offset <= address && address < each.start,
    )
    const split = mappings[before]
    if (split !== undefined) {
      split.start -= split.offset
      split.offset = 0n
      return before
    }
    madeUp ??= mappings.push({ start: 0n, limit: MAX_ADDRESS, offset: 0n, file: '', buildId: '' }) - 1
    return madeUp
  })
  return { mappings, indexOf }
}
