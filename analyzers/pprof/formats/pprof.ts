/**
 * Writes columns as profile.proto, uncompressed, in pieces of bounded size. What `go tool pprof` reads back is what the
 * columns say: ids are rows plus one, nothing is dropped. Written by hand because `pprof-format` needs an object per
 * sample and miscounts the length of empty messages.
 */
import { NONE, type Profile, type ValueType } from '../profile.ts'
import { ProtobufWriter } from '../protobuf-writer.ts'

const PIECE_BYTES = 1 << 20

/** Yields the bytes of the profile piece by piece. */
export function* encodePprof(profile: Profile): Generator<Uint8Array<ArrayBuffer>> {
  const writer = new ProtobufWriter()
  const texts = new TextTable(profile.strings)
  for (const type of profile.sampleTypes) writeValueType(writer, 1, type, texts)
  const { samples, locations, functions } = profile
  for (let sample = 0; sample < samples.length; sample++) {
    writeSample(writer, profile, sample)
    if (writer.size > PIECE_BYTES) yield writer.take()
  }
  profile.mappings.forEach((mapping, index) => {
    writer.message(3, (message) => {
      message.number(1, index + 1)
      message.number(2, mapping.start)
      message.number(3, mapping.limit)
      message.number(4, mapping.offset)
      message.number(5, texts.index(mapping.file))
      message.number(6, texts.index(mapping.buildId))
      message.boolean(7, mapping.hasFunctions)
      message.boolean(8, mapping.hasFilenames)
      message.boolean(9, mapping.hasLineNumbers)
      message.boolean(10, mapping.hasInlineFrames)
    })
  })
  for (let location = 0; location < locations.length; location++) {
    writeLocation(writer, profile, location)
    if (writer.size > PIECE_BYTES) yield writer.take()
  }
  for (let row = 0; row < functions.length; row++) {
    writer.message(5, (message) => {
      message.number(1, row + 1)
      message.number(2, functions.name[row] ?? 0)
      message.number(3, functions.systemName[row] ?? 0)
      message.number(4, functions.filename[row] ?? 0)
      message.number(5, functions.startLine[row] ?? 0)
    })
    if (writer.size > PIECE_BYTES) yield writer.take()
  }
  writeHeader(writer, profile, texts)
  for (const text of texts.all) {
    writer.string(6, text)
    if (writer.size > PIECE_BYTES) yield writer.take()
  }
  yield writer.take()
}

function writeSample(writer: ProtobufWriter, profile: Profile, sample: number): void {
  const { samples, stacks, labelSets } = profile
  const stack = samples.stack[sample] ?? 0
  const start = stacks.offsets[stack] ?? 0
  const depth = (stacks.offsets[stack + 1] ?? 0) - start
  const set = samples.labelSet[sample] ?? 0
  writer.message(2, (message) => {
    message.packed(1, depth, (i) => (stacks.locations[start + i] ?? 0) + 1)
    message.packed(2, samples.values.length, (i) => samples.values[i]?.[sample] ?? 0)
    for (let row = labelSets.offsets[set] ?? 0; row < (labelSets.offsets[set + 1] ?? 0); row++) {
      message.message(3, (label) => {
        label.number(1, labelSets.key[row] ?? 0)
        label.number(2, labelSets.text[row] ?? 0)
        label.number(3, labelSets.number[row] ?? 0n)
        label.number(4, labelSets.unit[row] ?? 0)
      })
    }
  })
}

function writeLocation(writer: ProtobufWriter, profile: Profile, location: number): void {
  const { locations, lines } = profile
  const mapping = locations.mapping[location] ?? NONE
  writer.message(4, (message) => {
    message.number(1, location + 1)
    message.number(2, mapping === NONE ? 0 : mapping + 1)
    message.number(3, locations.address[location] ?? 0n)
    for (let line = locations.lineOffsets[location] ?? 0; line < (locations.lineOffsets[location + 1] ?? 0); line++) {
      const functionRow = lines.functionIndex[line] ?? NONE
      // google/pprof refuses a line without function.
      if (functionRow === NONE) continue
      message.message(4, (entry) => {
        entry.number(1, functionRow + 1)
        entry.number(2, lines.line[line] ?? 0)
        entry.number(3, lines.column[line] ?? 0)
      })
    }
    message.boolean(5, locations.isFolded[location] === 1)
  })
}

function writeHeader(writer: ProtobufWriter, profile: Profile, texts: TextTable): void {
  writer.number(7, texts.index(profile.dropFrames))
  writer.number(8, texts.index(profile.keepFrames))
  writer.number(9, profile.timeNanos)
  writer.number(10, profile.durationNanos)
  if (profile.periodType !== null) writeValueType(writer, 11, profile.periodType, texts)
  writer.number(12, profile.period)
  writer.packed(13, profile.comments.length, (i) => texts.index(profile.comments[i] ?? ''))
  writer.number(14, texts.index(profile.defaultSampleType))
  writer.number(15, texts.index(profile.docUrl))
}

function writeValueType(writer: ProtobufWriter, field: number, type: ValueType, texts: TextTable): void {
  writer.message(field, (message) => {
    message.number(1, texts.index(type.type))
    message.number(2, texts.index(type.unit))
  })
}

/** The strings of the profile, with those added that only the header names. */
class TextTable {
  readonly all: string[]
  private readonly indices: Map<string, number>

  constructor(strings: readonly string[]) {
    this.all = [...strings]
    this.indices = new Map()
    // Of equal strings the first counts, and '' must be 0.
    strings.forEach((text, index) => {
      if (!this.indices.has(text)) this.indices.set(text, index)
    })
  }

  index(text: string): number {
    let index = this.indices.get(text)
    if (index === undefined) {
      index = this.all.push(text) - 1
      this.indices.set(text, index)
    }
    return index
  }
}
