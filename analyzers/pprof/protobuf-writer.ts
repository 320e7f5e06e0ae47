/**
 * Writes the wire format of protocol buffers into a growing buffer. It knows varints, tags and lengths, and nothing of
 * profiles. Zero is the default of every field and is not written, except inside packed lists.
 */
import { BYTES, VARINT } from './protobuf-reader.ts'

export class ProtobufWriter {
  private bytes = new Uint8Array(4096)
  private length = 0
  private nested: ProtobufWriter | null = null
  private readonly text = new TextEncoder()

  get size(): number {
    return this.length
  }

  /** A copy of what was written; the writer is empty afterwards. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.length)
    this.length = 0
    return taken
  }

  /** An int64 or uint64 field; negative numbers take ten bytes, as the format wants. */
  number(field: number, value: number | bigint): void {
    if (value === 0 || value === 0n) return
    this.varint((field << 3) | VARINT)
    this.varint(value)
  }

  boolean(field: number, value: boolean): void {
    this.number(field, value ? 1 : 0)
  }

  string(field: number, value: string): void {
    const bytes = this.text.encode(value)
    this.varint((field << 3) | BYTES)
    this.varint(bytes.length)
    this.append(bytes, bytes.length)
  }

  /** Writes the fields of a nested message with `write`. */
  message(field: number, write: (nested: ProtobufWriter) => void): void {
    const nested = this.openNested()
    write(nested)
    this.close(field, nested)
  }

  /** Packed numbers; an empty list is not written. */
  packed(field: number, count: number, valueAt: (index: number) => number | bigint): void {
    if (count === 0) return
    const nested = this.openNested()
    for (let i = 0; i < count; i++) nested.varint(valueAt(i))
    this.close(field, nested)
  }

  private openNested(): ProtobufWriter {
    this.nested ??= new ProtobufWriter()
    this.nested.length = 0
    return this.nested
  }

  private close(field: number, nested: ProtobufWriter): void {
    this.varint((field << 3) | BYTES)
    this.varint(nested.length)
    this.append(nested.bytes, nested.length)
  }

  private varint(value: number | bigint): void {
    this.reserve(10)
    if (typeof value === 'bigint') {
      this.bigVarint(BigInt.asUintN(64, value))
      return
    }
    if (value < 0) {
      this.bigVarint(BigInt.asUintN(64, BigInt(value)))
      return
    }
    let rest = value
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.bytes[this.length++] = rest
  }

  private bigVarint(value: bigint): void {
    let rest = value
    while (rest >= 0x80n) {
      this.bytes[this.length++] = Number(rest & 0x7fn) | 0x80
      rest >>= 7n
    }
    this.bytes[this.length++] = Number(rest)
  }

  private append(bytes: Uint8Array, count: number): void {
    this.reserve(count)
    this.bytes.set(bytes.subarray(0, count), this.length)
    this.length += count
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }
}
