/**
 * What the notes of an ELF file say: its build id, the file that its debug information was moved to, and the static
 * probes (USDT) that were compiled into it.
 */
import { type ElfFile, ElfWords, readWithin, sectionType, stringAt } from './elf-file.ts'

export interface UsdtProbe {
  readonly provider: string
  readonly name: string
  /** Where it lies, as the file's own addresses go. */
  readonly address: number
  /** Counts who listens; 0 when the probe has no such counter. */
  readonly semaphore: number
  readonly arguments: readonly UsdtArgument[]
}

export interface UsdtArgument {
  readonly size: number
  readonly signed: boolean
  /** Where it is, in the assembler's words: `%rdi`, `-8(%rbp)`. */
  readonly place: string
}

interface Note {
  readonly owner: string
  readonly type: number
  readonly description: Uint8Array
}

const MOST_NOTE_BYTES = 16 * 1024 * 1024
const MOST_PROBES = 50_000
const GNU_BUILD_ID = 3
const STAP_PROBE = 3

/** Lower-case hexadecimal; undefined when the linker made none. */
export function buildId(file: ElfFile): string | undefined {
  for (const { owner, type, description } of notes(file, (name) => name === '.note.gnu.build-id')) {
    if (owner !== 'GNU' || type !== GNU_BUILD_ID) continue
    return [...description].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  }
  return undefined
}

/** Name of the file with the debug information, as `.gnu_debuglink` has it. */
export function debugLink(file: ElfFile): string | undefined {
  const section = file.sections.find(({ name }) => name === '.gnu_debuglink')
  return section && (stringAt(readWithin(file.source, section, 4096), 0) || undefined)
}

/** In the order of the file: one entry for every place that a probe was compiled into. */
export function usdtProbes(file: ElfFile): readonly UsdtProbe[] {
  const base = file.sections.find(({ name }) => name === '.stapsdt.base')?.address ?? 0
  const probes: UsdtProbe[] = []
  for (const { owner, type, description } of notes(file, (name) => name === '.note.stapsdt')) {
    if (owner !== 'stapsdt' || type !== STAP_PROBE) continue
    const probe = readProbe(file, description, base)
    if (probe !== undefined) probes.push(probe)
    if (probes.length >= MOST_PROBES) break
  }
  return probes
}

function readProbe(file: ElfFile, description: Uint8Array, base: number): UsdtProbe | undefined {
  const words = new ElfWords(description, file.bits, file.littleEndian)
  const { wordBytes } = words
  const linkedBase = words.word(wordBytes)
  // Prelinking moves the sections but not the note; the base's own section says by how much.
  const moved = base === 0 || linkedBase === 0 ? 0 : base - linkedBase
  const semaphore = words.word(2 * wordBytes)
  const providerAt = 3 * wordBytes
  const provider = stringAt(description, providerAt)
  const name = stringAt(description, providerAt + provider.length + 1)
  if (provider === '' || name === '') return undefined
  return {
    provider,
    name,
    address: words.word(0) + moved,
    semaphore: semaphore === 0 ? 0 : semaphore + moved,
    arguments: parseArguments(stringAt(description, providerAt + provider.length + name.length + 2)),
  }
}

/** `-4@%edi 8@(%rax)`: size, a minus for signed numbers, place. The place may hold spaces on arm64: `8@[sp, 16]`. */
function parseArguments(text: string): UsdtArgument[] {
  return [...text.matchAll(/(?<sign>-?)(?<size>\d+)f?@(?<place>\[[^\]]*\]|\S+)/g)].map(({ groups }) => {
    return { size: Number(groups?.size), signed: groups?.sign === '-', place: groups?.place ?? '' }
  })
}

function* notes(file: ElfFile, wanted: (section: string) => boolean): Generator<Note> {
  for (const section of file.sections) {
    if (section.type !== sectionType.note || !wanted(section.name)) continue
    const bytes = readWithin(file.source, section, MOST_NOTE_BYTES)
    const words = new ElfWords(bytes, file.bits, file.littleEndian)
    for (let at = 0; at + 12 <= bytes.length; ) {
      const [ownerBytes, descriptionBytes, type] = [words.u32(at), words.u32(at + 4), words.u32(at + 8)]
      const descriptionAt = at + 12 + aligned(ownerBytes)
      const end = descriptionAt + descriptionBytes
      if (end > bytes.length) break
      const owner = stringAt(bytes.subarray(at + 12, at + 12 + ownerBytes), 0)
      yield { owner, type, description: bytes.subarray(descriptionAt, end) }
      at = descriptionAt + aligned(descriptionBytes)
    }
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 4) * 4
}
