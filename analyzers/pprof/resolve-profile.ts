/**
 * The last step of decoding: ids become rows, indices of strings are checked, and the columns take the shape of a
 * `Profile`. It refuses what google/pprof refuses; a line without function is kept, with a warning.
 */
import { type RowOfId, rowsById } from './decode-ids.ts'
import { LABEL_WIDTH, type SampleReader } from './decode-samples.ts'
import type { RawValueType, TableReader } from './decode-tables.ts'
import { type LabelSetColumns, NONE, type Profile, type ValueType } from './profile.ts'
import { ProtobufError } from './protobuf-reader.ts'

/** What was read, with references as the file has them; the text fields are indices of strings. */
export interface RawProfile {
  readonly samples: SampleReader
  readonly tables: TableReader
  readonly strings: string[]
  readonly sampleTypes: readonly RawValueType[]
  readonly periodType: RawValueType | null
  readonly comments: Uint32Array
  readonly dropFrames: number
  readonly keepFrames: number
  readonly defaultSampleType: number
  readonly docUrl: number
  readonly time: bigint
  readonly duration: bigint
  readonly period: bigint
}

/** @throws ProtobufError on a reference that leads nowhere, or samples that do not fit their types. */
export function resolveProfile(raw: RawProfile): Profile {
  const { samples, tables, strings } = raw
  if (strings.length === 0) strings.push('')
  if (strings[0] !== '') throw new ProtobufError('the first string of the table is not empty')
  const texts = new Texts(strings)
  const given = samples.valuesPerSample
  if (given !== null && given !== raw.sampleTypes.length) {
    throw new ProtobufError(`a sample has ${given} values for ${raw.sampleTypes.length} sample types`)
  }
  const rowOfMapping = rowsById(
    'mapping',
    Uint32Array.from(tables.mappings, (mapping) => mapping.id),
  )
  const stacks = samples.stacks.finish()
  replaceIds('location', stacks.data, rowsById('location', tables.locationId.finish()))
  const lineFunction = tables.lineFunction.finish()
  const warnings = replaceFunctions(lineFunction, rowsById('function', tables.functionId.finish()))
  const columns = samples.finish()
  return {
    strings,
    sampleTypes: raw.sampleTypes.map((type) => texts.valueType(type)),
    defaultSampleType: texts.at(raw.defaultSampleType),
    samples: {
      length: samples.length,
      stack: columns.stack,
      labelSet: columns.labelSet,
      values: given === null ? raw.sampleTypes.map(() => new Float64Array(0)) : columns.values,
    },
    stacks: { length: stacks.length, offsets: stacks.offsets, locations: stacks.data },
    locations: {
      length: tables.locationId.length,
      lineOffsets: tables.lineOffsets.finish(),
      address: new BigUint64Array(tables.locationAddress.finish().slice().buffer),
      mapping: tables.locationMapping.finish().map((id) => (id === 0 ? NONE : rowOfMapping(id))),
      isFolded: Uint8Array.from(tables.locationFolded.finish()),
    },
    lines: {
      length: lineFunction.length,
      functionIndex: lineFunction,
      line: tables.lineNumber.finish(),
      column: tables.lineColumn.finish(),
    },
    functions: {
      length: tables.functionId.length,
      name: texts.checked(tables.functionName.finish()),
      systemName: texts.checked(tables.functionSystemName.finish()),
      filename: texts.checked(tables.functionFilename.finish()),
      startLine: tables.functionStartLine.finish(),
    },
    mappings: tables.mappings.map(({ id: _, file, buildId, ...rest }) => ({
      ...rest,
      file: texts.at(file),
      buildId: texts.at(buildId),
    })),
    labelSets: labelSets(samples, texts),
    comments: Array.from(raw.comments, (index) => texts.at(index)),
    periodType: raw.periodType === null ? null : texts.valueType(raw.periodType),
    period: raw.period,
    timeNanos: raw.time,
    durationNanos: raw.duration,
    dropFrames: texts.at(raw.dropFrames),
    keepFrames: texts.at(raw.keepFrames),
    docUrl: texts.at(raw.docUrl),
    warnings,
  }
}

function labelSets(samples: SampleReader, texts: Texts): LabelSetColumns {
  const { length, offsets, data } = samples.labelSets.finish()
  const count = data.length / LABEL_WIDTH
  const column = (part: number) => {
    const values = new Uint32Array(count)
    for (let i = 0; i < count; i++) values[i] = data[i * LABEL_WIDTH + part] ?? 0
    return values
  }
  const halves = new Uint32Array(count * 2)
  for (let i = 0; i < count; i++) {
    halves[2 * i] = data[i * LABEL_WIDTH + 2] ?? 0
    halves[2 * i + 1] = data[i * LABEL_WIDTH + 3] ?? 0
  }
  return {
    length,
    offsets: offsets.map((offset) => offset / LABEL_WIDTH),
    key: texts.checked(column(0)),
    text: texts.checked(column(1)),
    number: new BigInt64Array(halves.buffer),
    unit: texts.checked(column(4)),
  }
}

class Texts {
  private readonly strings: readonly string[]

  constructor(strings: readonly string[]) {
    this.strings = strings
  }

  at(index: number): string {
    const value = this.strings[index]
    if (value === undefined) throw new ProtobufError(`string ${index} of ${this.strings.length} does not exist`)
    return value
  }

  valueType(raw: RawValueType): ValueType {
    return { type: this.at(raw.type), unit: this.at(raw.unit) }
  }

  /** The same indices, all of which exist. */
  checked(indices: Uint32Array): Uint32Array {
    for (const index of indices) if (index >= this.strings.length) this.at(index)
    return indices
  }
}

function replaceIds(kind: string, ids: Uint32Array, rowOf: RowOfId): void {
  for (let i = 0; i < ids.length; i++) {
    const row = rowOf(ids[i] ?? 0)
    if (row === NONE) throw new ProtobufError(`${kind} ${ids[i]} is used but not defined`)
    ids[i] = row
  }
}

/** A line may lack its function: the frame is then shown by its binary, as for an address without symbols. */
function replaceFunctions(ids: Uint32Array, rowOf: RowOfId): string[] {
  let missing = 0
  for (let i = 0; i < ids.length; i++) {
    const row = rowOf(ids[i] ?? 0)
    if (row === NONE) missing++
    ids[i] = row
  }
  return missing === 0 ? [] : [`${missing} source lines name a function that the profile does not contain.`]
}
