/**
 * Builds the columns of a profile from frames and samples, one at a time: what importers of other formats and whatever
 * makes a profile anew use. Equal functions, frames, stacks and label sets are kept once. It knows no format.
 */
import { Float64Builder, Int64Builder, Uint32Builder } from './growable.ts'
import { type Mapping, NONE, type Profile, type ValueType } from './profile.ts'
import { SequenceTable } from './sequence-table.ts'

export interface FunctionFields {
  readonly name: string
  readonly systemName?: string
  readonly filename?: string
  readonly startLine?: number
}

export interface LineFields {
  /** A row that `addFunction` gave. */
  readonly functionRow: number
  readonly line?: number
  readonly column?: number
}

export interface LocationFields {
  readonly address?: bigint
  /** An index that `addMapping` gave. */
  readonly mapping?: number
  /** Innermost inlined frame first; empty where only the address is known. */
  readonly lines: readonly LineFields[]
}

/** A label of a sample: text, or a number with an optional unit. */
export type Label =
  | { readonly key: string; readonly text: string }
  | { readonly key: string; readonly number: bigint; readonly unit?: string }

/** What a profile says about itself besides its samples. */
export interface ProfileHeader {
  readonly defaultSampleType?: string
  readonly periodType?: ValueType
  readonly period?: bigint
  readonly timeNanos?: bigint
  readonly durationNanos?: bigint
  readonly comments?: readonly string[]
  readonly dropFrames?: string
  readonly keepFrames?: string
  readonly docUrl?: string
  readonly warnings?: readonly string[]
}

const WIDTH_OF_LABEL = 4

export class ProfileBuilder {
  private readonly sampleTypes: readonly ValueType[]
  private readonly strings: string[] = ['']
  private readonly stringRows = new Map<string, number>([['', 0]])
  private readonly functionRows = new Map<string, number>()
  private readonly locationRows = new Map<string, number>()
  private readonly mappings: Mapping[] = []
  private readonly functions = {
    name: new Uint32Builder(),
    systemName: new Uint32Builder(),
    filename: new Uint32Builder(),
    startLine: new Float64Builder(),
  }
  private readonly lines = {
    functionIndex: new Uint32Builder(),
    line: new Float64Builder(),
    column: new Float64Builder(),
  }
  private readonly lineOffsets = new Uint32Builder()
  private readonly addresses: bigint[] = []
  private readonly mappingOfLocation = new Uint32Builder()
  private readonly stacks = new SequenceTable()
  private readonly labelSets = new SequenceTable()
  private readonly labelNumbers: bigint[] = []
  private readonly stackOfSample = new Uint32Builder()
  private readonly labelSetOfSample = new Uint32Builder()
  private readonly values: readonly Int64Builder[]

  constructor(sampleTypes: readonly ValueType[]) {
    this.sampleTypes = sampleTypes
    this.values = sampleTypes.map(() => new Int64Builder())
    this.lineOffsets.push(0)
    this.labelSets.intern(new Uint32Array(0), 0)
  }

  get sampleCount(): number {
    return this.stackOfSample.length
  }

  addMapping(mapping: Mapping): number {
    return this.mappings.push(mapping) - 1
  }

  /** The row of the function; an equal one is not added again. */
  addFunction(fields: FunctionFields): number {
    const { name, systemName = fields.name, filename = '', startLine = 0 } = fields
    const key = `${name}\0${systemName}\0${filename}\0${startLine}`
    const known = this.functionRows.get(key)
    if (known !== undefined) return known
    const row = this.functions.name.length
    this.functions.name.push(this.intern(name))
    this.functions.systemName.push(this.intern(systemName))
    this.functions.filename.push(this.intern(filename))
    this.functions.startLine.push(startLine)
    this.functionRows.set(key, row)
    return row
  }

  /** The row of the location; an equal one is not added again. */
  addLocation(fields: LocationFields): number {
    const { address = 0n, mapping = NONE, lines } = fields
    const key = `${address}/${mapping}/${lines.map((each) => `${each.functionRow}:${each.line ?? 0}:${each.column ?? 0}`).join('/')}`
    const known = this.locationRows.get(key)
    if (known !== undefined) return known
    const row = this.addresses.push(address) - 1
    this.mappingOfLocation.push(mapping)
    for (const each of lines) {
      this.lines.functionIndex.push(each.functionRow)
      this.lines.line.push(each.line ?? 0)
      this.lines.column.push(each.column ?? 0)
    }
    this.lineOffsets.push(this.lines.functionIndex.length)
    this.locationRows.set(key, row)
    return row
  }

  /** A location that is one symbolised frame without an address. */
  addFrame(fields: FunctionFields & { readonly line?: number; readonly column?: number }): number {
    const functionRow = this.addFunction(fields)
    return this.addLocation({ lines: [{ functionRow, line: fields.line ?? 0, column: fields.column ?? 0 }] })
  }

  /** `locations` leaf first; as many values as there are sample types, each within int64. */
  addSample(locations: readonly number[], values: readonly (number | bigint)[], labels: readonly Label[] = []): void {
    this.stackOfSample.push(this.stacks.intern(Uint32Array.from(locations), locations.length))
    this.labelSetOfSample.push(this.internLabels(labels))
    for (const [i, column] of this.values.entries()) column.pushBigInt(BigInt.asIntN(64, BigInt(values[i] ?? 0)))
  }

  finish(header: ProfileHeader): Profile {
    const stacks = this.stacks.finish()
    return {
      strings: this.strings,
      sampleTypes: this.sampleTypes,
      defaultSampleType: header.defaultSampleType ?? '',
      samples: {
        length: this.stackOfSample.length,
        stack: this.stackOfSample.finish(),
        labelSet: this.labelSetOfSample.finish(),
        values: this.values.map((column) => column.finish()),
      },
      stacks: { length: stacks.length, offsets: stacks.offsets, locations: stacks.data },
      locations: {
        length: this.addresses.length,
        lineOffsets: this.lineOffsets.finish(),
        address: BigUint64Array.from(this.addresses),
        mapping: this.mappingOfLocation.finish(),
        isFolded: new Uint8Array(this.addresses.length),
      },
      lines: {
        length: this.lines.functionIndex.length,
        functionIndex: this.lines.functionIndex.finish(),
        line: this.lines.line.finish(),
        column: this.lines.column.finish(),
      },
      functions: {
        length: this.functions.name.length,
        name: this.functions.name.finish(),
        systemName: this.functions.systemName.finish(),
        filename: this.functions.filename.finish(),
        startLine: this.functions.startLine.finish(),
      },
      mappings: this.mappings,
      labelSets: this.finishLabelSets(),
      comments: header.comments ?? [],
      periodType: header.periodType ?? null,
      period: header.period ?? 0n,
      timeNanos: header.timeNanos ?? 0n,
      durationNanos: header.durationNanos ?? 0n,
      dropFrames: header.dropFrames ?? '',
      keepFrames: header.keepFrames ?? '',
      docUrl: header.docUrl ?? '',
      warnings: header.warnings ?? [],
    }
  }

  private intern(text: string): number {
    const known = this.stringRows.get(text)
    if (known !== undefined) return known
    const row = this.strings.push(text) - 1
    this.stringRows.set(text, row)
    return row
  }

  /** Label sets as sequences of (key, text, index of the number plus one, unit). */
  private internLabels(labels: readonly Label[]): number {
    if (labels.length === 0) return 0
    const words = new Uint32Array(labels.length * WIDTH_OF_LABEL)
    for (const [i, label] of labels.entries()) {
      const text = 'text' in label
      words[i * WIDTH_OF_LABEL] = this.intern(label.key)
      words[i * WIDTH_OF_LABEL + 1] = text ? this.intern(label.text) : 0
      words[i * WIDTH_OF_LABEL + 2] = text ? 0 : this.internNumber(label.number) + 1
      words[i * WIDTH_OF_LABEL + 3] = text || label.unit === undefined ? 0 : this.intern(label.unit)
    }
    return this.labelSets.intern(words, words.length)
  }

  private readonly numberRows = new Map<bigint, number>()

  private internNumber(value: bigint): number {
    const known = this.numberRows.get(value)
    if (known !== undefined) return known
    const row = this.labelNumbers.push(value) - 1
    this.numberRows.set(value, row)
    return row
  }

  private finishLabelSets(): Profile['labelSets'] {
    const { length, offsets, data } = this.labelSets.finish()
    const count = data.length / WIDTH_OF_LABEL
    const word = (row: number, column: number) => data[row * WIDTH_OF_LABEL + column] ?? 0
    const rows = Array.from({ length: count }, (_, row) => row)
    return {
      length,
      offsets: offsets.map((each) => each / WIDTH_OF_LABEL),
      key: Uint32Array.from(rows, (row) => word(row, 0)),
      text: Uint32Array.from(rows, (row) => word(row, 1)),
      number: BigInt64Array.from(rows, (row) => this.labelNumbers[word(row, 2) - 1] ?? 0n),
      unit: Uint32Array.from(rows, (row) => word(row, 3)),
    }
  }
}
