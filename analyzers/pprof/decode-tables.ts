/**
 * Reads the messages of profile.proto that samples refer to: mappings, locations with their lines, functions, and the
 * pairs of type and unit. References stay what the file says until `decode.ts` resolves them.
 */
import { IdSpace } from './decode-ids.ts'
import { stringIndex } from './decode-samples.ts'
import { Float64Builder, Uint32Builder } from './growable.ts'
import { BYTES, ProtobufError, type ProtobufReader, VARINT } from './protobuf-reader.ts'

export interface RawMapping {
  id: number
  start: bigint
  limit: bigint
  offset: bigint
  file: number
  buildId: number
  hasFunctions: boolean
  hasFilenames: boolean
  hasLineNumbers: boolean
  hasInlineFrames: boolean
}

export class TableReader {
  readonly mappings: RawMapping[] = []
  readonly mappingIds = new IdSpace()
  readonly functionIds = new IdSpace()

  readonly locationId = new Uint32Builder()
  readonly locationMapping = new Uint32Builder()
  /** Low and high halves in turn: the column of 64-bit addresses is a view of it. */
  readonly locationAddress = new Uint32Builder()
  readonly locationFolded = new Uint32Builder()
  readonly lineOffsets = new Uint32Builder()
  readonly lineFunction = new Uint32Builder()
  readonly lineNumber = new Float64Builder()
  readonly lineColumn = new Float64Builder()

  readonly functionId = new Uint32Builder()
  readonly functionName = new Uint32Builder()
  readonly functionSystemName = new Uint32Builder()
  readonly functionFilename = new Uint32Builder()
  readonly functionStartLine = new Float64Builder()

  constructor() {
    this.lineOffsets.push(0)
  }

  readMapping(reader: ProtobufReader, end: number): void {
    const mapping: RawMapping = {
      id: 0,
      start: 0n,
      limit: 0n,
      offset: 0n,
      file: 0,
      buildId: 0,
      hasFunctions: false,
      hasFilenames: false,
      hasLineNumbers: false,
      hasInlineFrames: false,
    }
    readFields(reader, end, 10, VARINT, (field) => {
      if (field === 1) mapping.id = this.mappingIds.read(reader)
      else if (field === 2) mapping.start = reader.uintBig()
      else if (field === 3) mapping.limit = reader.uintBig()
      else if (field === 4) mapping.offset = reader.uintBig()
      else if (field === 5) mapping.file = stringIndex(reader.uint())
      else if (field === 6) mapping.buildId = stringIndex(reader.uint())
      else if (field === 7) mapping.hasFunctions = reader.bool()
      else if (field === 8) mapping.hasFilenames = reader.bool()
      else if (field === 9) mapping.hasLineNumbers = reader.bool()
      else mapping.hasInlineFrames = reader.bool()
    })
    this.mappings.push(mapping)
  }

  readLocation(reader: ProtobufReader, end: number): void {
    let id = 0
    let mapping = 0
    let low = 0
    let high = 0
    let isFolded = 0
    while (reader.position < end) {
      const tag = reader.uint()
      if (tag === ((1 << 3) | VARINT)) id = this.readLocationId(reader)
      else if (tag === ((2 << 3) | VARINT)) mapping = this.mappingIds.read(reader)
      else if (tag === ((3 << 3) | VARINT)) {
        reader.varint()
        low = reader.low
        high = reader.high
      } else if (tag === ((4 << 3) | BYTES)) this.readLine(reader, reader.lengthDelimitedEnd())
      else if (tag === ((5 << 3) | VARINT)) isFolded = reader.bool() ? 1 : 0
      else if (tag < 6 << 3) throw new ProtobufError('a field of a location has the wrong type')
      else reader.skip(tag & 7)
    }
    if (reader.position > end) throw new ProtobufError('a location is longer than its length says')
    this.locationId.push(id)
    this.locationMapping.push(mapping)
    this.locationAddress.push(low)
    this.locationAddress.push(high)
    this.locationFolded.push(isFolded)
    this.lineOffsets.push(this.lineFunction.length)
  }

  readFunction(reader: ProtobufReader, end: number): void {
    let id = 0
    let name = 0
    let systemName = 0
    let filename = 0
    let startLine = 0
    readFields(reader, end, 5, VARINT, (field) => {
      if (field === 1) id = this.functionIds.read(reader)
      else if (field === 2) name = stringIndex(reader.uint())
      else if (field === 3) systemName = stringIndex(reader.uint())
      else if (field === 4) filename = stringIndex(reader.uint())
      else startLine = reader.int()
    })
    this.functionId.push(id)
    this.functionName.push(name)
    this.functionSystemName.push(systemName)
    this.functionFilename.push(filename)
    this.functionStartLine.push(startLine)
  }

  /** Set by the decoder: locations share the id space of the samples that refer to them. */
  readLocationId: (reader: ProtobufReader) => number = (reader) => reader.uint()

  private readLine(reader: ProtobufReader, end: number): void {
    let functionId = 0
    let line = 0
    let column = 0
    readFields(reader, end, 3, VARINT, (field) => {
      if (field === 1) functionId = this.functionIds.read(reader)
      else if (field === 2) line = reader.int()
      else column = reader.int()
    })
    this.lineFunction.push(functionId)
    this.lineNumber.push(line)
    this.lineColumn.push(column)
  }
}

export interface RawValueType {
  readonly type: number
  readonly unit: number
}

export function readValueType(reader: ProtobufReader, end: number): RawValueType {
  let type = 0
  let unit = 0
  readFields(reader, end, 2, VARINT, (field) => {
    if (field === 1) type = stringIndex(reader.uint())
    else unit = stringIndex(reader.uint())
  })
  return { type, unit }
}

/** Calls `read` at each known field, all of the same wire type, and skips the unknown ones. */
function readFields(
  reader: ProtobufReader,
  end: number,
  lastField: number,
  wireType: number,
  read: (field: number) => void,
): void {
  while (reader.position < end) {
    const tag = reader.uint()
    const field = Math.floor(tag / 8)
    if (field === 0) throw new ProtobufError('field number 0 does not exist')
    if (field > lastField) {
      reader.skip(tag & 7)
      continue
    }
    reader.expect(wireType, tag & 7)
    read(field)
  }
  if (reader.position > end) throw new ProtobufError('a message is longer than its length says')
}
