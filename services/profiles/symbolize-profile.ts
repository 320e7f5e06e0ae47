/**
 * Finds the binaries that a profile's mappings name and looks addresses up in their symbol tables. A binary of another
 * build gives wrong names, so where both sides have a build id they must agree; what could not be used is said.
 */
import path from 'node:path'
import type { Mapping, Profile } from '../../analyzers/pprof/profile.ts'
import { type SymbolizedProfile, symbolize } from '../../analyzers/pprof/symbolize.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { type BinaryFacts, readBinary } from '../kernel/elf.ts'
import type { PathPolicy } from '../paths/path-policy.ts'

export interface SymbolizeOptions {
  /** Folders in which binaries are looked for by their base name, before the path that the profile names. */
  readonly folders: readonly string[]
  readonly paths: PathPolicy
}

export interface SymbolizeResult extends SymbolizedProfile {
  /** The files used, by the mapping's file as the profile names it. */
  readonly binaries: readonly { readonly mapping: string; readonly path: string }[]
  /** Sentences on mappings whose binary could not be used. */
  readonly notes: readonly string[]
}

/** A symbol without a size reaches to the next one, but not further than this. */
const MAX_REACH = 1024 * 1024

export function symbolizeProfile(profile: Profile, options: SymbolizeOptions): SymbolizeResult {
  const notes: string[] = []
  const binaries: { mapping: string; path: string }[] = []
  const tables = new Map<number, SymbolTable | undefined>()
  const tableOf = (index: number): SymbolTable | undefined => {
    if (tables.has(index)) return tables.get(index)
    const mapping = profile.mappings[index]
    const binary = mapping === undefined ? undefined : findBinary(mapping, options, notes)
    if (mapping !== undefined && binary !== undefined) binaries.push({ mapping: mapping.file, path: binary.path })
    const table = binary === undefined ? undefined : new SymbolTable(binary)
    tables.set(index, table)
    return table
  }
  const symbolized = symbolize(profile, (index, address) => {
    const mapping = index === undefined ? undefined : profile.mappings[index]
    if (index === undefined || mapping === undefined) return undefined
    return tableOf(index)?.nameAt(Number(address - mapping.start + mapping.offset))
  })
  return { ...symbolized, binaries, notes }
}

/** The binary of a mapping with the symbols it has; why it cannot be used goes to `notes`. */
export function findBinary(
  mapping: Mapping,
  { folders, paths }: SymbolizeOptions,
  notes: string[],
): BinaryFacts | undefined {
  if (mapping.file === '' || mapping.file.startsWith('[') || mapping.file.startsWith('//anon')) return undefined
  const candidates = [...folders.map((folder) => path.join(folder, path.basename(mapping.file))), mapping.file]
  for (const candidate of candidates) {
    let binary: BinaryFacts
    try {
      binary = readBinary(paths.existing(candidate))
    } catch (error) {
      if (error instanceof UserError) continue
      throw error
    }
    if (mapping.buildId !== '' && binary.buildId !== undefined && mapping.buildId !== binary.buildId) {
      notes.push(`\`${candidate}\` is another build than the profile's: ${binary.buildId}, not ${mapping.buildId}`)
      continue
    }
    if (binary.functions.length > 0) return binary
    notes.push(`\`${candidate}\` has no symbols`)
  }
  if (!notes.some((note) => note.includes(path.basename(mapping.file))))
    notes.push(`\`${mapping.file}\` is not at hand`)
  return undefined
}

/** Where an address of the profiled process lies in the binary, or undefined outside of what it loads. */
export function addressInBinary(binary: BinaryFacts, mapping: Mapping, address: bigint): number | undefined {
  const fileOffset = Number(address - mapping.start + mapping.offset)
  const section = binary.loaded.find((each) => each.offset <= fileOffset && fileOffset < each.offset + each.size)
  return section === undefined ? undefined : fileOffset - section.offset + section.address
}

/** Functions of a binary by address. */
class SymbolTable {
  private readonly binary: BinaryFacts
  private readonly addresses: Float64Array
  private readonly order: Uint32Array

  constructor(binary: BinaryFacts) {
    this.binary = binary
    const { functions } = binary
    this.order = Uint32Array.from(functions.keys()).sort(
      (a, b) => (functions[a]?.address ?? 0) - (functions[b]?.address ?? 0),
    )
    this.addresses = Float64Array.from(this.order, (row) => functions[row]?.address ?? 0)
  }

  /** The function around an offset of the file. */
  nameAt(fileOffset: number): string | undefined {
    const section = this.binary.loaded.find((each) => each.offset <= fileOffset && fileOffset < each.offset + each.size)
    if (section === undefined) return undefined
    const address = fileOffset - section.offset + section.address
    let low = 0
    let high = this.addresses.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.addresses[middle] ?? 0) <= address) low = middle + 1
      else high = middle
    }
    const found = this.binary.functions[this.order[low - 1] ?? -1]
    if (found === undefined) return undefined
    const reach = found.size > 0 ? found.size : MAX_REACH
    return address < found.address + reach ? found.name : undefined
  }
}
