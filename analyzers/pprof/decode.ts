/**
 * profile.proto, uncompressed, into columns: in one piece with `decode`, or by chunks with `ProfileDecoder`, which
 * never needs the whole file in memory. It accepts and refuses what google/pprof does (ids, references, number of
 * values), and knows nothing of files or compression.
 */
import { UserError } from '../shared/user-error.ts'
import { SampleReader, stringIndex } from './decode-samples.ts'
import { type RawValueType, readValueType, TableReader } from './decode-tables.ts'
import { Uint32Builder } from './growable.ts'
import type { Profile } from './profile.ts'
import { BYTES, FIXED32, FIXED64, ProtobufError, ProtobufReader, VARINT } from './protobuf-reader.ts'
import { resolveProfile } from './resolve-profile.ts'

/** One field (a sample, a string) may not be longer: nothing real is, and a text of this length cannot be shown. */
const MAX_FIELD_BYTES = 64 * 1024 * 1024

/**
 * Rows of each table, so that memory stays bounded whatever a file claims: messages of two bytes would otherwise become
 * many times their size. Profiles of real programs stay below a hundredth of this.
 */
const MAX_ROWS = { samples: 100e6, locations: 32e6, functions: 16e6, strings: 16e6, mappings: 200e3, others: 100e3 }

const EMPTY = new Uint8Array(0)

/** @throws UserError `PROFILE_EMPTY`, `NOT_A_PROFILE`, `PROFILE_TRUNCATED` or `PROFILE_CORRUPT`. */
export function decode(bytes: Uint8Array): Profile {
  const decoder = new ProfileDecoder()
  decoder.push(bytes)
  return decoder.finish()
}

/** Takes the bytes of one profile in any number of chunks; a chunk may be reused after `push` returns. */
export class ProfileDecoder {
  private readonly samples = new SampleReader()
  private readonly tables = new TableReader()
  private readonly strings: string[] = []
  private readonly text = new TextDecoder('utf-8', { ignoreBOM: true })
  private readonly sampleTypes: RawValueType[] = []
  private readonly comments = new Uint32Builder()
  private readonly header = { dropFrames: 0, keepFrames: 0, defaultSampleType: 0, docUrl: 0 }
  private times = { time: 0n, duration: 0n, period: 0n }
  private periodType: RawValueType | null = null
  private consumed = 0
  /** Bytes of a field that the chunks so far hold only in part. */
  private pending: Uint8Array[] = []
  private pendingLength = 0
  private needed = 0

  constructor() {
    this.tables.readLocationId = (reader) => this.samples.locationIds.read(reader)
  }

  push(chunk: Uint8Array): void {
    // Subclasses, as Node's streams have them, would be other objects to the compiler than the pieces joined here: what
    // was compiled for one is thrown away at the other. Nor do all of them copy when they are sliced.
    let bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    if (this.pendingLength > 0) {
      this.pending.push(bytes.slice())
      this.pendingLength += chunk.length
      if (this.pendingLength < this.needed) return
      bytes = joined(this.pending, this.pendingLength)
    }
    const reader = new ProtobufReader(bytes)
    const rest = this.guard(() => this.readFields(reader))
    this.consumed += bytes.length - rest.length
    this.pending = rest.length > 0 ? [rest.slice()] : []
    this.pendingLength = rest.length
  }

  finish(): Profile {
    if (this.pendingLength > 0) {
      if (this.consumed === 0) throw notAProfile('it does not begin with a field of a profile')
      throw truncated(`the last field is cut off after ${this.pendingLength} bytes`)
    }
    if (this.consumed === 0) {
      const hint = 'Capture or download it again.'
      throw new UserError({ code: 'PROFILE_EMPTY', message: 'The profile is empty (0 bytes).', hint })
    }
    if (this.sampleTypes.length === 0 && this.samples.length === 0) {
      throw notAProfile('it has neither sample types nor samples')
    }
    const { samples, tables, strings, sampleTypes, periodType, header, times } = this
    const comments = this.comments.finish()
    return this.guard(() =>
      resolveProfile({ samples, tables, strings, sampleTypes, periodType, comments, ...header, ...times }),
    )
  }

  /** Reads whole fields and returns the bytes of the last, incomplete one. */
  private readFields(reader: ProtobufReader): Uint8Array {
    const { bytes } = reader
    let start = 0
    while (start < bytes.length) {
      const next = endOfField(bytes, start)
      if (next - start > MAX_FIELD_BYTES) throw new ProtobufError(`a field is ${next - start} bytes long`)
      if (next > bytes.length) {
        this.needed = next - start
        return bytes.subarray(start)
      }
      reader.position = start
      reader.end = next
      this.readField(reader)
      start = next
    }
    this.needed = 0
    return EMPTY
  }

  private readField(reader: ProtobufReader): void {
    const tag = reader.uint()
    const field = Math.floor(tag / 8)
    if (field > 15) return
    if (field === 13) this.readComments(reader, tag & 7)
    else if (field <= 6 || field === 11) {
      reader.expect(BYTES, tag & 7)
      this.readMessage(field, reader, reader.lengthDelimitedEnd())
    } else {
      reader.expect(VARINT, tag & 7)
      this.readNumber(field, reader)
    }
  }

  private readMessage(field: number, reader: ProtobufReader, end: number): void {
    if (this.isFull(field)) throw new ProtobufError('it has more rows than any real profile')
    if (field === 2) this.samples.read(reader, end)
    else if (field === 4) this.tables.readLocation(reader, end)
    else if (field === 5) this.tables.readFunction(reader, end)
    else if (field === 6) this.strings.push(this.text.decode(reader.bytes.subarray(reader.position, end)))
    else if (field === 3) this.tables.readMapping(reader, end)
    else if (field === 1) this.sampleTypes.push(readValueType(reader, end))
    else this.periodType = readValueType(reader, end)
  }

  private isFull(field: number): boolean {
    if (field === 2) return this.samples.length >= MAX_ROWS.samples
    if (field === 4) return this.tables.locationId.length >= MAX_ROWS.locations
    if (field === 5) return this.tables.functionId.length >= MAX_ROWS.functions
    if (field === 6) return this.strings.length >= MAX_ROWS.strings
    if (field === 3) return this.tables.mappings.length >= MAX_ROWS.mappings
    return this.sampleTypes.length >= MAX_ROWS.others
  }

  private readNumber(field: number, reader: ProtobufReader): void {
    if (field === 7) this.header.dropFrames = stringIndex(reader.uint())
    else if (field === 8) this.header.keepFrames = stringIndex(reader.uint())
    else if (field === 9) {
      if (this.times.time !== 0n) throw new ProtobufError('two profiles are concatenated in one file')
      this.times.time = reader.intBig()
    } else if (field === 10) this.times.duration = reader.intBig()
    else if (field === 12) this.times.period = reader.intBig()
    else if (field === 14) this.header.defaultSampleType = stringIndex(reader.uint())
    else this.header.docUrl = stringIndex(reader.uint())
  }

  private readComments(reader: ProtobufReader, wireType: number): void {
    const end = wireType === BYTES ? reader.lengthDelimitedEnd() : reader.end
    if (wireType !== BYTES) reader.expect(VARINT, wireType)
    while (reader.position < end) {
      if (this.comments.length >= MAX_ROWS.others) throw new ProtobufError('it has more comments than any real profile')
      this.comments.push(stringIndex(reader.uint()))
    }
  }

  private guard<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof ProtobufError)) throw error
      if (this.consumed === 0 && this.sampleTypes.length === 0) throw notAProfile(error.message)
      throw new UserError(
        {
          code: 'PROFILE_CORRUPT',
          message: `The profile is corrupt: ${error.message} (after ${this.samples.length} samples).`,
          hint: 'Capture or download it again; a file cut off while it was written looks like this too.',
          details: { samples_read: this.samples.length, bytes_read: this.consumed },
        },
        { cause: error },
      )
    }
  }
}

/**
 * Where the field that starts at `start` ends; beyond the bytes when it is not all there. Only then may the answer be
 * too small by what cannot be known yet.
 */
function endOfField(bytes: Uint8Array, start: number): number {
  let position = start
  while ((bytes[position] ?? 0) >= 0x80) position++
  if (position >= bytes.length) return position - start > 10 ? malformed() : bytes.length + 1
  const tag = bytes[start] ?? 0
  if (tag < 8) malformed()
  const wireType = tag & 7
  position++
  if (wireType === FIXED64) return position + 8
  if (wireType === FIXED32) return position + 4
  let value = 0
  let scale = 1
  for (;;) {
    const byte = bytes[position]
    if (byte === undefined) return bytes.length + 1
    value += (byte & 0x7f) * scale
    position++
    if (byte < 0x80) break
    scale *= 128
    if (scale > 2 ** 63) malformed()
  }
  if (wireType === VARINT) return position
  if (wireType === BYTES) return position + value
  return malformed()
}

function malformed(): never {
  throw new ProtobufError('the bytes are no protocol buffer')
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let position = 0
  for (const chunk of chunks) {
    bytes.set(chunk, position)
    position += chunk.length
  }
  return bytes
}

function notAProfile(why: string): UserError {
  return new UserError({
    code: 'NOT_A_PROFILE',
    message: `This is not a pprof profile: ${why}.`,
    hint: 'Give a profile.proto file (gzip, zstd or plain), for example one saved from /debug/pprof.',
  })
}

function truncated(why: string): UserError {
  return new UserError({
    code: 'PROFILE_TRUNCATED',
    message: `The profile is truncated: ${why}.`,
    hint: 'Capture or download it again.',
  })
}
