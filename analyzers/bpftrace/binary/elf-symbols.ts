/** The functions that an ELF file names, from its full symbol table and from the one that is left after stripping. */
import { type ElfFile, type ElfSection, ElfWords, LONGEST_NAME, readWithin, sectionType, stringAt } from './elf-file.ts'

export interface ElfFunction {
  readonly name: string
  readonly address: number
  readonly size: number
}

export interface ElfFunctions {
  /** Sorted by name, each once. */
  readonly functions: readonly ElfFunction[]
  /** The file has more than we keep. */
  readonly truncated: boolean
}

const MOST_FUNCTIONS = 400_000
/** The largest programs, debug builds of browsers, have two million. */
const MOST_SYMBOLS = 4_000_000
/** Together; a browser's names take some 60 MB. */
const MOST_NAME_LENGTH = 64 * 1024 * 1024
/** More that are too long are no symbol table but an attempt to keep us busy. */
const MOST_OVERLONG = 1000
const MOST_STRING_BYTES = 96 * 1024 * 1024
const SYMBOLS_AT_A_TIME = 65_536

/** Types of symbols that are code: functions, and those whose address a resolver picks at start. */
const codeTypes: ReadonlySet<number> = new Set([2, 10])

export function elfFunctions(file: ElfFile): ElfFunctions {
  const found = new Map<string, ElfFunction>()
  let truncated = false
  for (const section of file.sections) {
    if (section.type !== sectionType.symbols && section.type !== sectionType.dynamicSymbols) continue
    const strings = file.sections[section.link]
    if (strings === undefined) continue
    truncated ||= strings.size > MOST_STRING_BYTES
    const names = readWithin(file.source, strings, MOST_STRING_BYTES)
    truncated = !collect(file, section, names, found) || truncated
  }
  const functions = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return { functions, truncated }
}

/** False when there were too many. */
function collect(file: ElfFile, section: ElfSection, names: Uint8Array, found: Map<string, ElfFunction>): boolean {
  const wide = file.bits === 64
  const entryBytes = wide ? 24 : 16
  const wanted = Math.min(section.size, MOST_SYMBOLS * entryBytes)
  const end = Math.min(section.offset + wanted, file.source.size)
  let room = MOST_NAME_LENGTH
  let overlong = 0
  for (let at = section.offset; at + entryBytes <= end; at += SYMBOLS_AT_A_TIME * entryBytes) {
    const bytes = file.source.read(at, Math.min(SYMBOLS_AT_A_TIME * entryBytes, end - at))
    const words = new ElfWords(bytes, file.bits, file.littleEndian)
    for (let entry = 0; entry + entryBytes <= bytes.length; entry += entryBytes) {
      const info = bytes[entry + (wide ? 4 : 12)] ?? 0
      const address = words.word(entry + (wide ? 8 : 4))
      // Without an address it is only needed here, and defined elsewhere.
      if (!codeTypes.has(info & 0xf) || address === 0) continue
      const name = withoutVersion(stringAt(names, words.u32(entry)))
      if (name.length === LONGEST_NAME) overlong++
      if (overlong > MOST_OVERLONG) return false
      if (name === '' || found.has(name)) continue
      room -= name.length
      if (found.size >= MOST_FUNCTIONS || room < 0) return false
      found.set(name, { name, address, size: words.word(entry + (wide ? 16 : 8)) })
    }
  }
  return wanted === section.size
}

/** `memcpy@@GLIBC_2.14` is named `memcpy` by a probe. */
function withoutVersion(name: string): string {
  const at = name.indexOf('@')
  return at > 0 ? name.slice(0, at) : name
}
