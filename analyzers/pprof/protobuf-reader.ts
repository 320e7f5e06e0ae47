/**
 * Reads the wire format of protocol buffers from a byte range, without building messages. It knows varints, tags and
 * lengths, and nothing of profiles. Running past the end of the range is a `ProtobufError`, never a silent zero.
 */

/** Wire types of protocol buffers that still exist. */
export const VARINT = 0
export const FIXED64 = 1
export const BYTES = 2
export const FIXED32 = 5

/** The bytes are not what the wire format allows. */
export class ProtobufError extends Error {}

export class ProtobufReader {
  bytes: Uint8Array
  position: number
  end: number
  /** The two halves of the last varint, unsigned. */
  low = 0
  high = 0

  constructor(bytes: Uint8Array, position = 0, end = bytes.length) {
    this.bytes = bytes
    this.position = position
    this.end = end
  }

  /** Reads a varint into `low` and `high`. */
  varint(): void {
    const { bytes, end } = this
    let position = this.position
    let low = 0
    let high = 0
    for (let shift = 0; ; shift += 7) {
      if (position >= end) throw new ProtobufError('a number runs past the end of its message')
      const byte = bytes[position++] ?? 0
      const bits = byte & 0x7f
      if (shift < 28) low |= bits << shift
      else if (shift === 28) {
        low |= bits << 28
        high |= bits >>> 4
      } else if (shift < 64) high |= bits << (shift - 32)
      if (byte < 0x80) break
      if (shift >= 63) throw new ProtobufError('a number is longer than ten bytes')
    }
    this.low = low >>> 0
    this.high = high >>> 0
    this.position = position
  }

  /** An unsigned varint as a number; above 2^53 it is rounded, and `low` and `high` hold it exactly. */
  uint(): number {
    const byte = this.bytes[this.position] ?? 0x80
    if (byte < 0x80 && this.position < this.end) {
      this.position++
      this.low = byte
      this.high = 0
      return byte
    }
    this.varint()
    return this.high * 0x1_0000_0000 + this.low
  }

  /** A signed int64 as a number; beyond ±2^53 it is rounded, and `low` and `high` hold it exactly. */
  int(): number {
    const unsigned = this.uint()
    return this.high < 0x8000_0000 ? unsigned : (this.high - 0x1_0000_0000) * 0x1_0000_0000 + this.low
  }

  uintBig(): bigint {
    this.varint()
    return this.lastUint()
  }

  intBig(): bigint {
    return BigInt.asIntN(64, this.uintBig())
  }

  /** The last varint, exactly. */
  lastUint(): bigint {
    return (BigInt(this.high) << 32n) | BigInt(this.low)
  }

  bool(): boolean {
    this.varint()
    return this.low !== 0 || this.high !== 0
  }

  /** Reads the length of a nested message or string and returns where it ends. */
  lengthDelimitedEnd(): number {
    const end = this.uint() + this.position
    if (end > this.end) throw new ProtobufError('a message is longer than what holds it')
    return end
  }

  skip(wireType: number): void {
    if (wireType === VARINT) this.varint()
    else if (wireType === BYTES) this.position = this.lengthDelimitedEnd()
    else if (wireType === FIXED64) this.position += 8
    else if (wireType === FIXED32) this.position += 4
    else throw new ProtobufError(`wire type ${wireType} does not exist`)
    if (this.position > this.end) throw new ProtobufError('a value runs past the end of its message')
  }

  /** Throws unless a field that the schema knows has the wire type it must have. */
  expect(wireType: number, actual: number): void {
    if (wireType !== actual) throw new ProtobufError(`a field has wire type ${actual} instead of ${wireType}`)
  }
}
