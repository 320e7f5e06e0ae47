/** Writes small ELF files for tests: any class and byte order, with the sections that are given. */

export interface BuiltSection {
  readonly name: string
  readonly type: number
  readonly address?: number
  readonly bytes: Uint8Array
  readonly link?: number
}

export interface ElfShape {
  readonly bits: 32 | 64
  readonly littleEndian: boolean
}

/** Numbers of a file's own width and byte order, one after another. */
export class ElfWriter {
  readonly #shape: ElfShape
  readonly #bytes: number[] = []

  constructor(shape: ElfShape) {
    this.#shape = shape
  }

  number(value: number, bytes: number): this {
    const digits = Array.from({ length: bytes }, (_, index) => Math.floor(value / 2 ** (8 * index)) & 0xff)
    this.#bytes.push(...(this.#shape.littleEndian ? digits : digits.reverse()))
    return this
  }

  word(value: number): this {
    return this.number(value, this.#shape.bits / 8)
  }

  text(value: string): this {
    this.#bytes.push(...new TextEncoder().encode(value), 0)
    return this
  }

  raw(value: Uint8Array): this {
    for (const byte of value) this.#bytes.push(byte)
    return this
  }

  pad(multiple: number): this {
    while (this.#bytes.length % multiple !== 0) this.#bytes.push(0)
    return this
  }

  get length(): number {
    return this.#bytes.length
  }

  build(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }
}

/** The sections become number 1 and up; the last one of the file holds their names. */
export function buildElf(shape: ElfShape, sections: readonly BuiltSection[]): Uint8Array {
  const wide = shape.bits === 64
  const headBytes = wide ? 64 : 52
  const names = new ElfWriter(shape).number(0, 1)
  const nameOffsets = [...sections.map(({ name }) => name), '.shstrtab'].map((name) => {
    const at = names.length
    names.text(name)
    return at
  })
  const all = [...sections, { name: '.shstrtab', type: 3, bytes: names.build() }]
  const bodies = new ElfWriter(shape)
  const offsets = all.map(({ bytes }) => {
    const at = headBytes + bodies.pad(8).length
    bodies.raw(bytes)
    return at
  })
  bodies.pad(8)
  const table = new ElfWriter(shape).raw(new Uint8Array(wide ? 64 : 40))
  for (const [index, { type, address = 0, bytes, link = 0 }] of all.entries()) {
    table
      .number(nameOffsets[index] ?? 0, 4)
      .number(type, 4)
      .word(0)
      .word(address)
      .word(offsets[index] ?? 0)
    table.word(bytes.length).number(link, 4).number(0, 4).word(1).word(0)
  }
  const head = new ElfWriter(shape)
    .raw(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, shape.littleEndian ? 1 : 2, 1, ...new Array(9).fill(0)))
    .number(3, 2)
    .number(62, 2)
    .number(1, 4)
    .word(0)
    .word(0)
    .word(headBytes + bodies.length)
    .number(0, 4)
  for (const half of [headBytes, 0, 0, wide ? 64 : 40, all.length + 1, all.length]) head.number(half, 2)
  return new ElfWriter(shape).raw(head.build()).raw(bodies.build()).raw(table.build()).build()
}
