/**
 * The tables behind `merge.ts`: takes profiles one after the other and keeps equal rows once. Addresses of the same
 * binary at different places are moved to where it was first seen. It does not judge whether profiles fit together.
 */
import { Float64Builder, Uint32Builder } from './growable.ts'
import { type Int64Column, type Mapping, NONE, type Profile } from './profile.ts'
import { SequenceTable } from './sequence-table.ts'

const LABEL_WIDTH = 5
const PAGE = 0x1000n

type Tables = 'strings' | 'samples' | 'stacks' | 'locations' | 'lines' | 'functions' | 'mappings' | 'labelSets'

export class ProfileMerger {
  private readonly values: readonly Int64Column[]
  private readonly strings: string[] = ['']
  private readonly stringRows = new Map<string, number>([['', 0]])
  private readonly mappings: Mapping[] = []
  private readonly mappingRows = new Map<string, number>()
  private readonly functions = new SequenceTable()
  private readonly startLines = new Float64Builder()
  private readonly locationKeys = new SequenceTable()
  private readonly address: bigint[] = []
  private readonly mappingOfLocation = new Uint32Builder()
  private readonly folded = new Uint32Builder()
  private readonly lineOffsets = new Uint32Builder()
  private readonly lineFunction = new Uint32Builder()
  private readonly lineNumber = new Float64Builder()
  private readonly lineColumn = new Float64Builder()
  private readonly stacks = new SequenceTable()
  private readonly labelSets = new SequenceTable()
  private readonly samples = new SequenceTable()
  /** The locations of one stack. */
  private scratch = new Uint32Array(256)

  /** `values`: a column for each sample type with room for all samples, filled with zeros. */
  constructor(values: readonly Int64Column[]) {
    this.values = values
    this.lineOffsets.push(0)
    this.labelSets.intern(new Uint32Array(0), 0)
  }

  add(profile: Profile): void {
    const source = new SourceRows(profile)
    if (this.mappings.length === 0 && profile.mappings.length > 0) this.mapping(source, 0)
    const pair = new Uint32Array(2)
    const { samples } = profile
    for (let sample = 0; sample < samples.length; sample++) {
      if (isZero(samples.values, sample)) continue
      pair[0] = this.stack(source, samples.stack[sample] ?? 0)
      pair[1] = this.labelSet(source, samples.labelSet[sample] ?? 0)
      const row = this.samples.intern(pair, 2)
      for (let type = 0; type < this.values.length; type++) {
        addTo(this.values[type], row, samples.values[type]?.[sample] ?? 0)
      }
    }
  }

  finish(header: Omit<Profile, Tables>): Profile {
    const { length, data } = this.samples.finish()
    const stacks = this.stacks.finish()
    return {
      ...header,
      strings: this.strings,
      samples: {
        length,
        stack: everyOther(data, 0),
        labelSet: everyOther(data, 1),
        values: this.values.map((column) => column.slice(0, length)),
      },
      stacks: { length: stacks.length, offsets: stacks.offsets, locations: stacks.data },
      locations: {
        length: this.address.length,
        lineOffsets: this.lineOffsets.finish(),
        address: BigUint64Array.from(this.address),
        mapping: this.mappingOfLocation.finish(),
        isFolded: Uint8Array.from(this.folded.finish()),
      },
      lines: {
        length: this.lineFunction.length,
        functionIndex: this.lineFunction.finish(),
        line: this.lineNumber.finish(),
        column: this.lineColumn.finish(),
      },
      functions: this.finishFunctions(),
      mappings: this.mappings,
      labelSets: this.finishLabelSets(),
    }
  }

  private finishFunctions(): Profile['functions'] {
    const { length, data } = this.functions.finish()
    const part = (index: number) => Uint32Array.from({ length }, (_, row) => data[row * 5 + index] ?? 0)
    return { length, name: part(0), systemName: part(1), filename: part(2), startLine: this.startLines.finish() }
  }

  private finishLabelSets(): Profile['labelSets'] {
    const { length, offsets, data } = this.labelSets.finish()
    const count = data.length / LABEL_WIDTH
    const part = (index: number) => Uint32Array.from({ length: count }, (_, i) => data[i * LABEL_WIDTH + index] ?? 0)
    return {
      length,
      offsets: offsets.map((offset) => offset / LABEL_WIDTH),
      key: part(0),
      text: part(1),
      number: BigInt64Array.from({ length: count }, (_, i) => {
        const high = BigInt(data[i * LABEL_WIDTH + 3] ?? 0)
        return BigInt.asIntN(64, (high << 32n) | BigInt(data[i * LABEL_WIDTH + 2] ?? 0))
      }),
      unit: part(4),
    }
  }

  private string(text: string): number {
    let row = this.stringRows.get(text)
    if (row === undefined) {
      row = this.strings.push(text) - 1
      this.stringRows.set(text, row)
    }
    return row
  }

  private stack(source: SourceRows, stack: number): number {
    const known = source.stackRows[stack] ?? NONE
    if (known !== NONE) return known
    const { offsets, locations } = source.profile.stacks
    const { locationRows } = source
    const start = offsets[stack] ?? 0
    const depth = (offsets[stack + 1] ?? 0) - start
    if (depth > this.scratch.length) this.scratch = new Uint32Array(depth * 2)
    const mapped = this.scratch
    for (let i = 0; i < depth; i++) {
      const location = locations[start + i] ?? 0
      const row = locationRows[location] ?? NONE
      mapped[i] = row === NONE ? this.location(source, location) : row
    }
    const row = this.stacks.intern(mapped, depth)
    source.stackRows[stack] = row
    return row
  }

  private location(source: SourceRows, location: number): number {
    const known = source.locationRows[location] ?? NONE
    if (known !== NONE) return known
    const { locations, lines } = source.profile
    const sourceMapping = locations.mapping[location] ?? NONE
    const mapping = sourceMapping === NONE ? NONE : this.mapping(source, sourceMapping)
    const shift = sourceMapping === NONE ? 0n : (source.shifts[sourceMapping] ?? 0n)
    const address = BigInt.asUintN(64, (locations.address[location] ?? 0n) + shift)
    const inBinary = BigInt.asUintN(64, address - (this.mappings[mapping]?.start ?? 0n))
    const isFolded = locations.isFolded[location] ?? 0
    const key = [mapping, Number(inBinary & 0xffff_ffffn), Number(inBinary >> 32n), isFolded]
    const first = locations.lineOffsets[location] ?? 0
    const end = locations.lineOffsets[location + 1] ?? 0
    const functions: number[] = []
    for (let line = first; line < end; line++) {
      const row = this.function(source, lines.functionIndex[line] ?? NONE)
      functions.push(row)
      const number = lines.line[line] ?? 0
      key.push(row, number, Math.floor(number / 0x1_0000_0000))
    }
    // google/pprof tells locations apart by the column of their last line only.
    if (end > first) key.push(lines.column[end - 1] ?? 0)
    const row = this.locationKeys.intern(Uint32Array.from(key), key.length)
    if (row === this.address.length) {
      this.address.push(address)
      this.mappingOfLocation.push(mapping)
      this.folded.push(isFolded)
      functions.forEach((functionRow, i) => {
        this.lineFunction.push(functionRow)
        this.lineNumber.push(lines.line[first + i] ?? 0)
        this.lineColumn.push(lines.column[first + i] ?? 0)
      })
      this.lineOffsets.push(this.lineFunction.length)
    }
    source.locationRows[location] = row
    return row
  }

  private function(source: SourceRows, functionRow: number): number {
    if (functionRow === NONE) return NONE
    const known = source.functionRows[functionRow] ?? NONE
    if (known !== NONE) return known
    const { functions, strings } = source.profile
    const text = (column: Uint32Array) => this.string(strings[column[functionRow] ?? 0] ?? '')
    const startLine = functions.startLine[functionRow] ?? 0
    const key = [text(functions.name), text(functions.systemName), text(functions.filename)]
    const row = this.functions.intern(Uint32Array.from([...key, startLine, Math.floor(startLine / 0x1_0000_0000)]), 5)
    if (row === this.startLines.length) this.startLines.push(startLine)
    source.functionRows[functionRow] = row
    return row
  }

  /** The same binary may lie elsewhere in another process: its size, offset and build id tell it. */
  private mapping(source: SourceRows, index: number): number {
    const known = source.mappingRows[index]
    if (known !== undefined) return known
    const mapping = source.profile.mappings[index]
    if (mapping === undefined) return NONE
    const size = BigInt.asUintN(64, mapping.limit - mapping.start + PAGE - 1n)
    const key = `${size - (size % PAGE)}/${mapping.offset}/${mapping.buildId || mapping.file}`
    let row = this.mappingRows.get(key)
    if (row === undefined) {
      row = this.mappings.push(mapping) - 1
      this.mappingRows.set(key, row)
    }
    source.mappingRows[index] = row
    source.shifts[index] = (this.mappings[row]?.start ?? 0n) - mapping.start
    return row
  }

  /** Labels count as equal whatever the order of their keys; values of one key keep theirs. */
  private labelSet(source: SourceRows, set: number): number {
    const known = source.labelSetRows[set] ?? NONE
    if (known !== NONE) return known
    const { labelSets, strings } = source.profile
    const labels: number[][] = []
    for (let row = labelSets.offsets[set] ?? 0; row < (labelSets.offsets[set + 1] ?? 0); row++) {
      const text = (column: Uint32Array) => this.string(strings[column[row] ?? 0] ?? '')
      const number = BigInt.asUintN(64, labelSets.number[row] ?? 0n)
      const low = Number(number & 0xffff_ffffn)
      labels.push([text(labelSets.key), text(labelSets.text), low, Number(number >> 32n), text(labelSets.unit)])
    }
    const isNumeric = (label: readonly number[]) => (label[1] === 0 ? 1 : 0)
    labels.sort((left, right) => isNumeric(left) - isNumeric(right) || (left[0] ?? 0) - (right[0] ?? 0))
    const row = this.labelSets.intern(Uint32Array.from(labels.flat()), labels.length * LABEL_WIDTH)
    source.labelSetRows[set] = row
    return row
  }
}

/** For one source, the merged row of each of its rows that has been met. */
class SourceRows {
  readonly profile: Profile
  readonly stackRows: Uint32Array
  readonly locationRows: Uint32Array
  readonly functionRows: Uint32Array
  readonly labelSetRows: Uint32Array
  readonly mappingRows: number[] = []
  /** How far the addresses of each mapping move. */
  readonly shifts: bigint[] = []

  constructor(profile: Profile) {
    this.profile = profile
    this.stackRows = new Uint32Array(profile.stacks.length).fill(NONE)
    this.locationRows = new Uint32Array(profile.locations.length).fill(NONE)
    this.functionRows = new Uint32Array(profile.functions.length).fill(NONE)
    this.labelSetRows = new Uint32Array(profile.labelSets.length).fill(NONE)
  }
}

function addTo(column: Int64Column | undefined, row: number, value: number | bigint): void {
  if (column instanceof Float64Array) column[row] = (column[row] ?? 0) + Number(value)
  else if (column !== undefined) column[row] = (column[row] ?? 0n) + BigInt(value)
}

function isZero(columns: readonly Int64Column[], sample: number): boolean {
  for (const column of columns) if (Number(column[sample] ?? 0) !== 0) return false
  return true
}

function everyOther(pairs: Uint32Array, first: number): Uint32Array {
  const picked = new Uint32Array(pairs.length / 2)
  for (let i = 0; i < picked.length; i++) picked[i] = pairs[2 * i + first] ?? 0
  return picked
}
