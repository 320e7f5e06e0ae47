/**
 * Gives names to locations that are bare addresses. Where the names come from is the caller's: a function of mapping and
 * address answers, and everything that has a name already stays as it is.
 */
import { Float64Builder, Uint32Builder } from './growable.ts'
import { NONE, type Profile } from './profile.ts'

export interface SymbolizedProfile {
  readonly profile: Profile
  /** Locations that got a name. */
  readonly named: number
  /** Locations that are still bare addresses. */
  readonly unnamed: number
}

/** `nameOf` gets the index of the mapping, or `undefined` for an address in none. */
export function symbolize(
  profile: Profile,
  nameOf: (mapping: number | undefined, address: bigint) => string | undefined,
): SymbolizedProfile {
  const { locations, lines, functions } = profile
  const strings = [...profile.strings]
  const functionOf = new Map<string, number>()
  const columns = {
    name: [...functions.name],
    systemName: [...functions.systemName],
    filename: [...functions.filename],
    startLine: [...functions.startLine],
  }
  const added = (name: string): number => {
    const known = functionOf.get(name)
    if (known !== undefined) return known
    const text = strings.push(name) - 1
    const row = columns.name.push(text) - 1
    columns.systemName.push(text)
    columns.filename.push(0)
    columns.startLine.push(0)
    functionOf.set(name, row)
    return row
  }
  const functionIndex = new Uint32Builder()
  const line = new Float64Builder()
  const column = new Float64Builder()
  const lineOffsets = new Uint32Builder()
  lineOffsets.push(0)
  let named = 0
  let unnamed = 0
  for (let location = 0; location < locations.length; location++) {
    const [first = 0, end = 0] = [locations.lineOffsets[location], locations.lineOffsets[location + 1]]
    for (let row = first; row < end; row++) {
      functionIndex.push(lines.functionIndex[row] ?? NONE)
      line.push(lines.line[row] ?? 0)
      column.push(lines.column[row] ?? 0)
    }
    if (first === end) {
      const mapping = locations.mapping[location] ?? NONE
      const name = nameOf(mapping === NONE ? undefined : mapping, locations.address[location] ?? 0n)
      if (name === undefined) unnamed++
      else {
        named++
        functionIndex.push(added(name))
        line.push(0)
        column.push(0)
      }
    }
    lineOffsets.push(functionIndex.length)
  }
  if (named === 0) return { profile, named, unnamed }
  return {
    named,
    unnamed,
    profile: {
      ...profile,
      strings,
      locations: { ...locations, lineOffsets: lineOffsets.finish() },
      lines: {
        length: functionIndex.length,
        functionIndex: functionIndex.finish(),
        line: line.finish(),
        column: column.finish(),
      },
      functions: {
        length: columns.name.length,
        name: Uint32Array.from(columns.name),
        systemName: Uint32Array.from(columns.systemName),
        filename: Uint32Array.from(columns.filename),
        startLine: Float64Array.from(columns.startLine),
      },
    },
  }
}
