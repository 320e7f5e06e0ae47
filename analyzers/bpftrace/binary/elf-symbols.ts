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
const SYMBOLS_AT_A_TIME = 2048
const BYTES_AT_A_TIME = 4 * 1024 * 1024
const MERGED_AT_A_TIME = 8192

/** Types of symbols that are code: functions, and those whose address a resolver picks at start. */
const codeTypes: ReadonlySet<number> = new Set([2, 10])

export function elfFunctions(file: ElfFile): ElfFunctions {
  const steps = elfFunctionsInSteps(file)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

/** The same, with pauses for whoever has something more urgent to do: some milliseconds lie between two of them. */
export function* elfFunctionsInSteps(file: ElfFile): Generator<undefined, ElfFunctions> {
  const runs: ElfFunction[][] = []
  let truncated = false
  for (const section of file.sections) {
    if (section.type !== sectionType.symbols && section.type !== sectionType.dynamicSymbols) continue
    const strings = file.sections[section.link]
    if (strings === undefined) continue
    truncated ||= strings.size > MOST_STRING_BYTES
    const names = yield* readInSteps(file, strings)
    const isWhole = yield* collect(file, section, names, runs)
    truncated ||= !isWhole
  }
  return { functions: yield* merged(runs), truncated }
}

function* readInSteps({ source }: ElfFile, section: ElfSection): Generator<undefined, Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, Math.min(section.size, MOST_STRING_BYTES, source.size - section.offset)))
  for (let at = 0; at < bytes.length; at += BYTES_AT_A_TIME) {
    const size = Math.min(BYTES_AT_A_TIME, bytes.length - at)
    bytes.set(readWithin(source, { offset: section.offset + at, size }, size), at)
    yield
  }
  return bytes
}

/** False when there were too many. What one step finds is a sorted run. */
function* collect(
  file: ElfFile,
  section: ElfSection,
  names: Uint8Array,
  runs: ElfFunction[][],
): Generator<undefined, boolean> {
  const wide = file.bits === 64
  const entryBytes = wide ? 24 : 16
  const wanted = Math.min(section.size, MOST_SYMBOLS * entryBytes)
  const end = Math.min(section.offset + wanted, file.source.size)
  let room = MOST_NAME_LENGTH
  let overlong = 0
  let count = runs.reduce((sum, run) => sum + run.length, 0)
  for (let at = section.offset; at + entryBytes <= end; at += SYMBOLS_AT_A_TIME * entryBytes) {
    const bytes = file.source.read(at, Math.min(SYMBOLS_AT_A_TIME * entryBytes, end - at))
    const words = new ElfWords(bytes, file.bits, file.littleEndian)
    const run: ElfFunction[] = []
    runs.push(run)
    for (let entry = 0; entry + entryBytes <= bytes.length; entry += entryBytes) {
      const info = bytes[entry + (wide ? 4 : 12)] ?? 0
      const address = words.word(entry + (wide ? 8 : 4))
      // Without an address it is only needed here, and defined elsewhere.
      if (!codeTypes.has(info & 0xf) || address === 0) continue
      const name = withoutVersion(stringAt(names, words.u32(entry)))
      if (name.length === LONGEST_NAME) overlong++
      if (overlong > MOST_OVERLONG) return false
      if (name === '') continue
      room -= name.length
      if (count >= MOST_FUNCTIONS || room < 0) return false
      run.push({ name, address, size: words.word(entry + (wide ? 16 : 8)) })
      count++
    }
    yield
  }
  return wanted === section.size
}

const byName = (a: ElfFunction, b: ElfFunction) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

/** Sorts run by run and then two runs into one, until one is left. Of one name the first place counts. */
function* merged(runs: readonly ElfFunction[][]): Generator<undefined, ElfFunction[]> {
  let left: ElfFunction[][] = []
  for (const run of runs) {
    left.push(run.sort(byName).filter(({ name }, index) => name !== run[index - 1]?.name))
    yield
  }
  while (left.length > 1) {
    const next: ElfFunction[][] = []
    for (let i = 0; i < left.length; i += 2) next.push(yield* mergedTwo(left[i] ?? [], left[i + 1] ?? []))
    left = next
  }
  return left[0] ?? []
}

function* mergedTwo(a: readonly ElfFunction[], b: readonly ElfFunction[]): Generator<undefined, ElfFunction[]> {
  const all: ElfFunction[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]]
    const order = one === undefined ? 1 : other === undefined ? -1 : byName(one, other)
    const next = order <= 0 ? one : other
    if (next !== undefined) all.push(next)
    if (order <= 0) i++
    if (order >= 0) j++
    if ((i + j) % MERGED_AT_A_TIME === 0) yield
  }
  return all
}

/** `memcpy@@GLIBC_2.14` is named `memcpy` by a probe. */
function withoutVersion(name: string): string {
  const at = name.indexOf('@')
  return at > 0 ? name.slice(0, at) : name
}
