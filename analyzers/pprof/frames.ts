/**
 * What a row of a report stands for. Under a granularity, each line of each location becomes one frame; lines that give
 * the same frame are one node of every report. The rules for equality and for the printed name are google/pprof's: a
 * frame without function is shown by its binary, `[basename]`, or as `<unknown>`.
 */
import { packageOf } from './package-name.ts'
import { baseName, cleanPath } from './paths.ts'
import { type LocationColumns, NONE, type Profile } from './profile.ts'

export const GRANULARITIES = ['function', 'filefunction', 'line', 'file', 'package', 'address'] as const
export type Granularity = (typeof GRANULARITIES)[number]

/** How frames are told apart: a granularity, perhaps with columns, or single instructions of single binaries. */
export interface FrameKind {
  readonly granularity: Granularity
  /** Tell places of one line apart, at line and address granularity. */
  readonly columns?: boolean | undefined
  /** Tell equal functions of different binaries apart, at address granularity. */
  readonly binaries?: boolean | undefined
  /**
   * Tell nameless functions apart by their binary and by the line they start at, as google/pprof does even where its
   * report then has rows that look the same.
   */
  readonly startLines?: boolean | undefined
  /** Leave the folder of a build sandbox in front of source paths. */
  readonly sandboxes?: boolean | undefined
}

export interface Frame {
  /** What a report prints. */
  readonly name: string
  /** Name of the function, or '' where there is none or the granularity leaves it out. */
  readonly functionName: string
  /** Source file; at function granularity that of the first function of this name. */
  readonly file: string
  /** Source line, 0 where unknown or left out. */
  readonly line: number
  /** Source column, 0 where unknown or left out. */
  readonly column: number
  readonly address: bigint
  /** File of the binary where it tells the frame from others, else ''. */
  readonly object: string
  /** Where the function starts, where that tells the frame from others, else 0. */
  readonly startLine: number
}

export interface FrameTable {
  readonly granularity: Granularity
  readonly frames: readonly Frame[]
  /** The frames of location `i` are `ids[offsets[i] .. offsets[i + 1])`, innermost first, at least one each. */
  readonly offsets: Uint32Array
  /** Indices into `frames`. */
  readonly ids: Uint32Array
}

/** What frames are made of: a profile of fewer samples shares it with the whole one. */
type Sources = Pick<Profile, 'lines' | 'functions' | 'mappings' | 'strings'>

interface Known {
  readonly of: Sources
  readonly table: FrameTable
}

const tables = new WeakMap<LocationColumns, Map<string, Known>>()

/** The frames of a profile; computed once for each kind, also for all that differ in samples and stacks only. */
export function framesOf(profile: Profile, kind: FrameKind): FrameTable {
  const known = tables.get(profile.locations) ?? new Map<string, Known>()
  tables.set(profile.locations, known)
  const flags = [kind.columns, kind.binaries, kind.startLines, kind.sandboxes]
  const key = `${kind.granularity} ${flags.map(Boolean).join(' ')}`
  const last = known.get(key)
  if (last !== undefined && areSame(last.of, profile)) return last.table
  const table = buildFrames(profile, kind)
  const { lines, functions, mappings, strings } = profile
  known.set(key, { of: { lines, functions, mappings, strings }, table })
  return table
}

function areSame(one: Sources, other: Sources): boolean {
  return (
    one.lines === other.lines &&
    one.functions === other.functions &&
    one.mappings === other.mappings &&
    one.strings === other.strings
  )
}

function buildFrames(profile: Profile, kind: FrameKind): FrameTable {
  const { granularity } = kind
  const { locations, lines } = profile
  const interned = new FrameInterner(profile, kind.sandboxes === true)
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
        ids[length++] = interned.line(location, line, functionRow, kind)
      } else {
        let id = byFunction.get(functionRow)
        if (id === undefined || kind.startLines === true || interned.isNameless(functionRow)) {
          id = interned.wholeFunction(location, functionRow, kind)
          byFunction.set(functionRow, id)
        }
        ids[length++] = id
      }
    }
  }
  offsets[locations.length] = length
  return { granularity, frames: interned.frames, offsets, ids: ids.slice(0, length) }
}

/** Nothing is known of it. */
export const NO_FRAME: Frame = {
  name: '',
  functionName: '',
  file: '',
  line: 0,
  column: 0,
  address: 0n,
  object: '',
  startLine: 0,
}

class FrameInterner {
  readonly frames: Frame[] = []
  private readonly idOfKey = new Map<string, number>()
  private readonly profile: Profile
  private readonly cleaned = new Map<number, string>()

  private readonly keepsSandbox: boolean

  constructor(profile: Profile, keepsSandbox: boolean) {
    this.profile = profile
    this.keepsSandbox = keepsSandbox
  }

  isNameless(functionRow: number): boolean {
    return this.name(functionRow) === ''
  }

  /** A frame of which only the binary, and perhaps the address, is known. */
  unknown(location: number, granularity: Granularity, startLine = 0): number {
    const address = granularity === 'address' ? (this.profile.locations.address[location] ?? 0n) : 0n
    const object = this.objectFile(location)
    return this.intern(`u\0${address}\0${object}\0${startLine}`, () => ({
      ...NO_FRAME,
      name: printedName({ ...NO_FRAME, address, object }),
      address,
      object,
      startLine,
    }))
  }

  wholeFunction(location: number, functionRow: number, { granularity, startLines = false }: FrameKind): number {
    const startLine = startLines ? (this.profile.functions.startLine[functionRow] ?? 0) : 0
    const functionName = this.name(functionRow)
    const file = this.file(functionRow)
    if (granularity === 'file' && file !== '') {
      const object = startLines ? this.objectFile(location) : ''
      const frame = { ...NO_FRAME, name: file, file, object, startLine }
      return this.intern(`f\0${file}\0${object}\0${startLine}`, () => frame)
    }
    if (granularity === 'package' && functionName !== '') {
      // A function without package counts for its source file, else for its binary: better than one heap of all.
      const name =
        packageOf({ name: functionName, file, mapping: '' }) ||
        printedName({ ...NO_FRAME, object: this.objectFile(location) })
      return this.intern(`p\0${name}`, () => ({ ...NO_FRAME, name }))
    }
    if (granularity === 'filefunction' && (functionName !== '' || file !== '')) {
      const isNameless = functionName === ''
      const object = isNameless ? this.objectFile(location) : ''
      const frame = { ...NO_FRAME, functionName, file, object, startLine: isNameless ? startLine : 0 }
      const key = `ff\0${functionName}\0${file}\0${object}\0${frame.startLine}`
      return this.intern(key, () => ({ ...frame, name: printedName(frame) }))
    }
    if (functionName === '' || granularity === 'file') return this.unknown(location, granularity, startLine)
    return this.intern(`n\0${functionName}`, () => ({ ...NO_FRAME, name: functionName, functionName, file }))
  }

  line(
    location: number,
    line: number,
    functionRow: number,
    { granularity, columns = false, binaries = false, startLines = false }: FrameKind,
  ): number {
    const address = granularity === 'address' ? (this.profile.locations.address[location] ?? 0n) : 0n
    const functionName = this.name(functionRow)
    const file = this.file(functionRow)
    const number = this.profile.lines.line[line] ?? 0
    const column = columns ? (this.profile.lines.column[line] ?? 0) : 0
    const object = functionName === '' || binaries ? this.objectFile(location) : ''
    const tellsStart = startLines && (functionName === '' || binaries)
    const startLine = tellsStart ? (this.profile.functions.startLine[functionRow] ?? 0) : 0
    const frame = { functionName, file, line: number, column, address, object, startLine }
    const key = `l\0${address}\0${functionName}\0${file}\0${number}:${column}\0${object}\0${startLine}`
    return this.intern(key, () => ({ ...frame, name: printedName(frame) }))
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
      file = cleanPath(this.profile.strings[index] ?? '', this.keepsSandbox)
      this.cleaned.set(index, file)
    }
    return file
  }

  private objectFile(location: number): string {
    return this.profile.mappings[this.profile.locations.mapping[location] ?? NONE]?.file ?? ''
  }
}

/** google/pprof's printed name: address, function, `file:line`, or else the binary, as far as each is known. */
function printedName({ address, functionName, file, line, column, object }: Omit<Frame, 'name'>): string {
  const parts: string[] = []
  if (address !== 0n) parts.push(address.toString(16).padStart(16, '0'))
  if (functionName !== '') parts.push(functionName)
  if (line !== 0) parts.push(column === 0 ? `${file}:${line}` : `${file}:${line}:${column}`)
  else if (file !== '') parts.push(file)
  else if (functionName === '') parts.push(object === '' ? '<unknown>' : `[${baseName(object)}]`)
  return parts.join(' ')
}
