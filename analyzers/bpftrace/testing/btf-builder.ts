/** Writes small BTF files for tests, in either byte order, whole or split from a base. */
import { btfKind } from '../kernel/btf-file.ts'

export interface BtfBuilderOptions {
  readonly littleEndian?: boolean
  /** The file that this one is split from. */
  readonly base?: { readonly types: number; readonly stringBytes: number }
}

/** Adds records one after another; each call returns the id of what it added. */
export class BtfBuilder {
  readonly #little: boolean
  readonly #firstId: number
  readonly #firstString: number
  readonly #words: number[] = []
  readonly #strings: number[] = [0]
  #count = 0

  constructor({ littleEndian = true, base }: BtfBuilderOptions = {}) {
    this.#little = littleEndian
    this.#firstId = base === undefined ? 1 : base.types + 1
    this.#firstString = base?.stringBytes ?? 0
  }

  get types(): number {
    return this.#firstId - 1 + this.#count
  }

  get stringBytes(): number {
    return this.#firstString + this.#strings.length
  }

  string(text: string): number {
    if (text === '') return 0
    const at = this.#firstString + this.#strings.length
    this.#strings.push(...new TextEncoder().encode(text), 0)
    return at
  }

  /** A record of any kind: `words` are the 32-bit words after its head, `count` its number of members. */
  add(
    kind: number,
    record: {
      readonly name?: string
      readonly sizeOrType?: number
      readonly count?: number
      readonly flag?: boolean
      readonly words?: readonly number[]
    },
  ): number {
    const { name = '', sizeOrType = 0, count = 0, flag = false, words = [] } = record
    this.#words.push(this.string(name), (kind << 24) | count | (flag ? 0x80000000 : 0), sizeOrType, ...words)
    this.#count++
    return this.types
  }

  integer(name: string, size: number, signed: boolean): number {
    return this.add(btfKind.integer, { name, sizeOrType: size, words: [(signed ? 1 << 24 : 0) | (size * 8)] })
  }

  pointer(to: number): number {
    return this.add(btfKind.pointer, { sizeOrType: to })
  }

  /** Members as name, type, offset in bits and, for bitfields, size in bits. */
  struct(
    name: string,
    size: number,
    members: readonly (readonly [name: string, type: number, offset: number, bits?: number])[],
    kind: number = btfKind.struct,
  ): number {
    const flag = members.some(([, , , bits]) => bits !== undefined)
    const words = members.flatMap(([member, type, offset, bits = 0]) => {
      return [this.string(member), type, flag ? (bits << 24) | offset : offset]
    })
    return this.add(kind, { name, sizeOrType: size, count: members.length, flag, words })
  }

  function(name: string, returns: number, params: readonly (readonly [name: string, type: number])[]): number {
    const words = params.flatMap(([param, type]) => [this.string(param), type])
    const prototype = this.add(btfKind.prototype, { sizeOrType: returns, count: params.length, words })
    return this.add(btfKind.function, { name, sizeOrType: prototype })
  }

  build(): Uint8Array {
    const typeBytes = this.#words.length * 4
    const bytes = new Uint8Array(24 + typeBytes + this.#strings.length)
    const view = new DataView(bytes.buffer)
    view.setUint16(0, 0xeb9f, this.#little)
    view.setUint8(2, 1)
    const header = [24, 0, typeBytes, typeBytes, this.#strings.length]
    for (const [index, word] of [...header, ...this.#words].entries()) {
      view.setUint32(4 + index * 4, word >>> 0, this.#little)
    }
    bytes.set(this.#strings, 24 + typeBytes)
    return bytes
  }
}
