/**
 * Reads the `Sample` messages of profile.proto into columns. This is where a big profile spends its time: ids, values
 * and labels go from the bytes into reused scratch arrays, equal stacks and label sets are recognised by hash, and no
 * object is made per sample.
 */
import { IdSpace } from './decode-ids.ts'
import { Int64Builder, Uint32Builder } from './growable.ts'
import type { Int64Column } from './profile.ts'
import { BYTES, ProtobufError, type ProtobufReader, VARINT } from './protobuf-reader.ts'
import { SequenceTable } from './sequence-table.ts'

/** Numbers per label in the sequence that stands for a label set: key, text, low and high half of the number, unit. */
export const LABEL_WIDTH = 5

export class SampleReader {
  readonly locationIds = new IdSpace()
  readonly stacks = new SequenceTable()
  readonly labelSets = new SequenceTable()
  private readonly stackOfSample = new Uint32Builder()
  private readonly labelSetOfSample = new Uint32Builder()
  private columns: Int64Builder[] | null = null
  private ids = new Uint32Array(256)
  private labels = new Uint32Array(64 * LABEL_WIDTH)

  constructor() {
    this.labelSets.intern(this.labels, 0)
  }

  get length(): number {
    return this.stackOfSample.length
  }

  /** How many values the samples have, or null before the first. */
  get valuesPerSample(): number | null {
    return this.columns === null ? null : this.columns.length
  }

  /** Reads one message; the reader stands at its first byte and `end` is behind its last. */
  read(reader: ProtobufReader, end: number): void {
    let depth = 0
    let nValues = 0
    let labelsLength = 0
    while (reader.position < end) {
      const tag = reader.uint()
      if (tag === ((1 << 3) | BYTES)) {
        depth = this.readIds(reader, reader.lengthDelimitedEnd(), depth)
      } else if (tag === ((2 << 3) | BYTES)) {
        const valuesEnd = reader.lengthDelimitedEnd()
        while (reader.position < valuesEnd) this.readValue(reader, nValues++)
      } else if (tag === ((3 << 3) | BYTES)) {
        labelsLength = this.readLabel(reader, reader.lengthDelimitedEnd(), labelsLength)
      } else if (tag === ((1 << 3) | VARINT)) {
        depth = this.pushId(this.locationIds.read(reader), depth)
      } else if (tag === ((2 << 3) | VARINT)) {
        this.readValue(reader, nValues++)
      } else {
        if (tag < 4 << 3) throw new ProtobufError('a field of a sample has the wrong type')
        reader.skip(tag & 7)
      }
    }
    if (reader.position > end) throw new ProtobufError('a sample is longer than its length says')
    // At once: a bomb of empty samples is many times its size by the time it has all been read.
    if (nValues === 0) throw new ProtobufError('a sample has no values')
    this.columns ??= []
    if (nValues !== this.columns.length) {
      throw new ProtobufError(`a sample has ${nValues} values where ${this.columns.length} are expected`)
    }
    this.stackOfSample.push(this.stacks.intern(this.ids, depth))
    this.labelSetOfSample.push(labelsLength === 0 ? 0 : this.labelSets.intern(this.labels, labelsLength))
  }

  finish(): { stack: Uint32Array; labelSet: Uint32Array; values: Int64Column[] } {
    const values = (this.columns ?? []).map((column) => column.finish())
    return { stack: this.stackOfSample.finish(), labelSet: this.labelSetOfSample.finish(), values }
  }

  private readIds(reader: ProtobufReader, end: number, depthBefore: number): number {
    const bytes = reader.bytes
    let depth = depthBefore
    // An id takes at least one byte, so this is room enough, and ids can be written without a check.
    if (depth + end - reader.position > this.ids.length) this.growIds(depth + end - reader.position)
    const ids = this.ids
    let position = reader.position
    while (position < end) {
      const first = bytes[position] ?? 0
      if (first < 0x80) {
        ids[depth++] = first
        position++
        continue
      }
      const second = bytes[position + 1] ?? 0
      if (second < 0x80) {
        ids[depth++] = (first & 0x7f) | (second << 7)
        position += 2
        continue
      }
      const third = bytes[position + 2] ?? 0
      if (third < 0x80) {
        ids[depth++] = (first & 0x7f) | ((second & 0x7f) << 7) | (third << 14)
        position += 3
        continue
      }
      reader.position = position
      ids[depth++] = this.locationIds.read(reader)
      position = reader.position
    }
    if (position > end) throw new ProtobufError('a location id runs past the end of its sample')
    reader.position = position
    return depth
  }

  private pushId(id: number, depth: number): number {
    if (depth === this.ids.length) this.growIds(depth + 1)
    this.ids[depth] = id
    return depth + 1
  }

  private growIds(needed: number): void {
    const larger = new Uint32Array(Math.max(needed, this.ids.length * 2))
    larger.set(this.ids)
    this.ids = larger
  }

  private readValue(reader: ProtobufReader, index: number): void {
    const value = reader.int()
    const column = this.columns?.[index] ?? this.addColumn(index)
    if (Number.isSafeInteger(value)) column.push(value)
    else column.pushBigInt(BigInt.asIntN(64, reader.lastUint()))
  }

  /** The first sample decides how many values a sample has. */
  private addColumn(index: number): Int64Builder {
    this.columns ??= []
    if (this.length > 0) throw new ProtobufError(`a sample has more than ${this.columns.length} values`)
    const column = new Int64Builder()
    this.columns[index] = column
    return column
  }

  private readLabel(reader: ProtobufReader, end: number, lengthBefore: number): number {
    let key = 0
    let text = 0
    let unit = 0
    let low = 0
    let high = 0
    while (reader.position < end) {
      const tag = reader.uint()
      if ((tag & 7) !== VARINT) {
        if (tag >> 3 <= 4) throw new ProtobufError('a field of a label has the wrong type')
        reader.skip(tag & 7)
        continue
      }
      const value = reader.uint()
      if (tag === 1 << 3) key = stringIndex(value)
      else if (tag === 2 << 3) text = stringIndex(value)
      else if (tag === 4 << 3) unit = stringIndex(value)
      else if (tag === 3 << 3) {
        low = reader.low
        high = reader.high
      }
    }
    if (reader.position > end) throw new ProtobufError('a label is longer than its length says')
    // A label without text, number and unit says nothing; google/pprof leaves it out too.
    if (text === 0 && unit === 0 && low === 0 && high === 0) return lengthBefore
    if (lengthBefore + LABEL_WIDTH > this.labels.length) {
      const larger = new Uint32Array(this.labels.length * 2)
      larger.set(this.labels)
      this.labels = larger
    }
    const labels = this.labels
    labels[lengthBefore] = key
    labels[lengthBefore + 1] = text
    labels[lengthBefore + 2] = text === 0 ? low : 0
    labels[lengthBefore + 3] = text === 0 ? high : 0
    labels[lengthBefore + 4] = text === 0 ? unit : 0
    return lengthBefore + LABEL_WIDTH
  }
}

/** An index of the string table must fit the column; whether the string exists is checked when all are known. */
export function stringIndex(value: number): number {
  if (value > 0xffff_fffe) throw new ProtobufError(`string ${value} does not exist`)
  return value
}
