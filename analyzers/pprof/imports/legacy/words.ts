/** The machine words of a legacy CPU profile, 32 or 64 bits wide, of either byte order. */
export interface WordFormat {
  readonly width: 4 | 8
  readonly littleEndian: boolean
}

/** In the order in which google/pprof tries them. */
export const wordFormats: readonly WordFormat[] = [
  { width: 4, littleEndian: true },
  { width: 4, littleEndian: false },
  { width: 8, littleEndian: true },
  { width: 8, littleEndian: false },
]

export class WordReader {
  private readonly view: DataView
  private readonly format: WordFormat
  /** Bytes from the start. */
  position: number

  constructor(bytes: Uint8Array, format: WordFormat, position = 0) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.format = format
    this.position = position
  }

  get remainingBytes(): number {
    return this.view.byteLength - this.position
  }

  /** The next word, or `undefined` behind the last whole one. */
  next(): bigint | undefined {
    const { width, littleEndian } = this.format
    if (this.remainingBytes < width) return undefined
    const at = this.position
    this.position += width
    return width === 8 ? this.view.getBigUint64(at, littleEndian) : BigInt(this.view.getUint32(at, littleEndian))
  }
}
