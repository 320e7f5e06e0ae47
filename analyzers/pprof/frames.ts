/**
 * What a row of a report stands for. Under a granularity, each line of each location becomes one frame; lines that give
 * the same frame are one node of every report. The rules for equality and for the printed name are google/pprof's: a
 * frame without function is shown by its binary, `[basename]`, or as `<unknown>`.
 */
import { packageName } from './package-name.ts'
import { baseName, cleanPath } from './paths.ts'
import { NONE, type Profile } from './profile.ts'

export const GRANULARITIES = ['function', 'line', 'file', 'package', 'address'] as const
export type Granularity = (typeof GRANULARITIES)[number]

export interface Frame {
  /** What a report prints. */
  readonly name: string
  /** Name of the function, or '' where there is none or the granularity leaves it out. */
  readonly functionName: string
  /** Source file; at function granularity that of the first function of this name. */
  readonly file: string
  /** Source line, 0 where unknown or left out. */
  readonly line: number
  readonly address: bigint
}

export interface FrameTable {
  readonly granularity: Granularity
  readonly frames: readonly Frame[]
  /** The frames of location `i` are `ids[offsets[i] .. offsets[i + 1])`, innermost first, at least one each. */
  readonly offsets: Uint32Array
  /** Indices into `frames`. */
  readonly ids: Uint32Array
}

const tables = new WeakMap<Profile, Map<Granularity, FrameTable>>()

/** The frames of a profile; computed once for each granularity. */
export function framesOf(profile: Profile, granularity: Granularity): FrameTable {
  let known = tables.get(profile)
  if (known === undefined) {
    known = new Map()
    tables.set(profile, known)
  }
  let table = known.get(granularity)
  if (table === undefined) {
    table = buildFrames(profile, granularity)
    known.set(granularity, table)
  }
  return table
}

function buildFrames(profile: Profile, granularity: Granularity): FrameTable {
  const { locations, lines } = profile
  const interned = new FrameInterner(profile)
  const byFunction = new Map<number, number>()
  const offsets = new Uint32Array(locations.length + 1)
  const ids = new Uint32Array(lines.length + locations.length)
  let length = 0
  for (let location = 0; location < locations.length; location++) {
    offsets[location] = length
    const start = locations.lineOffsets[location] ?? 0
    const end = locations.lineOffsets[location + 1] ?? 0
    if (start === end) ids[length++] = interned.unknown(location, granularity)
    for (let line = start; line < end; line++) {
      const functionRow = lines.functionIndex[line] ?? NONE
      if (functionRow === NONE) ids[length++] = interned.unknown(location, granularity)
      else if (granularity === 'line' || granularity === 'address') {
        ids[length++] = interned.line(location, line, functionRow, granularity)
      } else {
        let id = byFunction.get(functionRow)
        if (id === undefined || interned.isNameless(functionRow)) {
          id = interned.wholeFunction(location, functionRow, granularity)
          byFunction.set(functionRow, id)
        }
        ids[length++] = id
      }
    }
  }
  offsets[locations.length] = length
  return { granularity, frames: interned.frames, offsets, ids: ids.slice(0, length) }
}

class FrameInterner {
  readonly frames: Frame[] = []
  private readonly idOfKey = new Map<string, number>()
  private readonly profile: Profile
  private readonly cleaned = new Map<number, string>()

  constructor(profile: Profile) {
    this.profile = profile
  }

  isNameless(functionRow: number): boolean {
    return this.name(functionRow) === ''
  }

  /** A frame of which only the binary, and perhaps the address, is known. */
  unknown(location: number, granularity: Granularity): number {
    const address = granularity === 'address' ? (this.profile.locations.address[location] ?? 0n) : 0n
    const object = this.objectFile(location)
    return this.intern(`u\0${address}\0${object}`, () => ({
      name: printedName(address, '', '', 0, object),
      functionName: '',
      file: '',
      line: 0,
      address,
    }))
  }

  wholeFunction(location: number, functionRow: number, granularity: Granularity): number {
    const functionName = this.name(functionRow)
    const file = this.file(functionRow)
    if (granularity === 'file' && file !== '') {
      return this.intern(`f\0${file}`, () => ({ name: file, functionName: '', file, line: 0, address: 0n }))
    }
    if (granularity === 'package' && functionName !== '') {
      // A function without package counts for its source file, else for its binary: better than one heap of all.
      const name = packageName(functionName) || file || printedName(0n, '', '', 0, this.objectFile(location))
      return this.intern(`p\0${name}`, () => ({ name, functionName: '', file: '', line: 0, address: 0n }))
    }
    if (functionName === '' || granularity === 'file') return this.unknown(location, granularity)
    return this.intern(`n\0${functionName}`, () => ({
      name: functionName,
      functionName,
      file,
      line: 0,
      address: 0n,
    }))
  }

  line(location: number, line: number, functionRow: number, granularity: Granularity): number {
    const address = granularity === 'address' ? (this.profile.locations.address[location] ?? 0n) : 0n
    const functionName = this.name(functionRow)
    const file = this.file(functionRow)
    const number = this.profile.lines.line[line] ?? 0
    const object = functionName === '' ? this.objectFile(location) : ''
    return this.intern(`l\0${address}\0${functionName}\0${file}\0${number}\0${object}`, () => ({
      name: printedName(address, functionName, file, number, object),
      functionName,
      file,
      line: number,
      address,
    }))
  }

  private intern(key: string, make: () => Frame): number {
    let id = this.idOfKey.get(key)
    if (id === undefined) {
      id = this.frames.length
      this.frames.push(make())
      this.idOfKey.set(key, id)
    }
    return id
  }

  private name(functionRow: number): string {
    const { functions, strings } = this.profile
    return strings[functions.name[functionRow] ?? 0] ?? ''
  }

  private file(functionRow: number): string {
    const index = this.profile.functions.filename[functionRow] ?? 0
    let file = this.cleaned.get(index)
    if (file === undefined) {
      file = cleanPath(this.profile.strings[index] ?? '')
      this.cleaned.set(index, file)
    }
    return file
  }

  private objectFile(location: number): string {
    return this.profile.mappings[this.profile.locations.mapping[location] ?? NONE]?.file ?? ''
  }
}

/** google/pprof's printed name: address, function, `file:line`, or else the binary, as far as each is known. */
function printedName(address: bigint, functionName: string, file: string, line: number, object: string): string {
  const parts: string[] = []
  if (address !== 0n) parts.push(address.toString(16).padStart(16, '0'))
  if (functionName !== '') parts.push(functionName)
  if (line !== 0) parts.push(`${file}:${line}`)
  else if (file !== '') parts.push(file)
  else if (functionName === '') parts.push(object === '' ? '<unknown>' : `[${baseName(object)}]`)
  return parts.join(' ')
}
