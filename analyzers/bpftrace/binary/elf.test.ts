import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../../../test/setup/fast-check.ts'
import { UserError } from '../../shared/user-error.ts'
import { type BuiltSection, buildElf, type ElfShape, ElfWriter } from '../testing/elf-builder.ts'
import { type ByteSource, openElf } from './elf-file.ts'
import { buildId, debugLink, usdtProbes } from './elf-notes.ts'
import { elfFunctions } from './elf-symbols.ts'

const shapes: readonly ElfShape[] = [
  { bits: 64, littleEndian: true },
  { bits: 64, littleEndian: false },
  { bits: 32, littleEndian: true },
  { bits: 32, littleEndian: false },
]

const sourceOf = (bytes: Uint8Array): ByteSource => {
  return { size: bytes.length, read: (offset, length) => bytes.slice(offset, offset + length) }
}

const FUNCTION = 2
const OBJECT = 1

type SymbolRow = readonly [name: string, type: number, address: number, size: number]

/** A symbol table, which is section 1, and its strings, section 2. */
function symbolSections(shape: ElfShape, rows: readonly SymbolRow[]): BuiltSection[] {
  const strings = new ElfWriter(shape).number(0, 1)
  const table = new ElfWriter(shape)
  for (const [name, type, address, size] of [['', 0, 0, 0] as const, ...rows]) {
    const at = name === '' ? 0 : strings.length
    if (name !== '') strings.text(name)
    if (shape.bits === 64) table.number(at, 4).number(type, 1).number(0, 1).number(1, 2).word(address).word(size)
    else table.number(at, 4).word(address).word(size).number(type, 1).number(0, 1).number(1, 2)
  }
  return [
    { name: '.symtab', type: 2, bytes: table.build(), link: 2 },
    { name: '.strtab', type: 3, bytes: strings.build() },
  ]
}

function note(shape: ElfShape, owner: string, type: number, description: Uint8Array): Uint8Array {
  const writer = new ElfWriter(shape)
    .number(owner.length + 1, 4)
    .number(description.length, 4)
    .number(type, 4)
  return writer.text(owner).pad(4).raw(description).pad(4).build()
}

function probe(shape: ElfShape, addresses: readonly [number, number, number], texts: readonly string[]): Uint8Array {
  const writer = new ElfWriter(shape)
  for (const address of addresses) writer.word(address)
  for (const text of texts) writer.text(text)
  return note(shape, 'stapsdt', 3, writer.build())
}

describe.each(shapes)('an ELF file of $bits bits, little-endian: $littleEndian', (shape) => {
  test('names its functions with address and size, and nothing else', () => {
    const bytes = buildElf(
      shape,
      symbolSections(shape, [
        ['zeta', FUNCTION, 0x1000, 32],
        ['memcpy@@GLIBC_2.14', FUNCTION, 0x2000, 8],
        ['counter', OBJECT, 0x3000, 4],
        ['needed_from_elsewhere', FUNCTION, 0, 0],
        ['zeta', FUNCTION, 0x9000, 1],
      ]),
    )
    expect(elfFunctions(openElf(sourceOf(bytes)))).toEqual({
      functions: [
        { name: 'memcpy', address: 0x2000, size: 8 },
        { name: 'zeta', address: 0x1000, size: 32 },
      ],
      truncated: false,
    })
  })

  test('has a build id and the name of its debug file', () => {
    const file = openElf(
      sourceOf(
        buildElf(shape, [
          { name: '.note.gnu.build-id', type: 7, bytes: note(shape, 'GNU', 3, Uint8Array.of(0xab, 0x01, 0xff)) },
          { name: '.gnu_debuglink', type: 1, bytes: new ElfWriter(shape).text('program.debug').build() },
        ]),
      ),
    )
    expect(file).toMatchObject({ bits: shape.bits, littleEndian: shape.littleEndian, machine: 62 })
    expect(buildId(file)).toBe('ab01ff')
    expect(debugLink(file)).toBe('program.debug')
  })

  test('has static probes, moved as its base was moved, with their arguments', () => {
    const notes = new ElfWriter(shape)
      .raw(probe(shape, [0x500, 0x4000, 0x6000], ['app', 'request__start', '-4@%edi 8@-16(%rbp) 8f@%xmm0']))
      .raw(probe(shape, [0x600, 0x4000, 0], ['app', 'idle', '']))
      .raw(probe(shape, [0x700, 0x4000, 0], ['arm', 'load', '8@[sp, 16] 1@w0']))
    const file = openElf(
      sourceOf(
        buildElf(shape, [
          { name: '.stapsdt.base', type: 1, address: 0x4100, bytes: Uint8Array.of(0) },
          { name: '.note.stapsdt', type: 7, bytes: notes.build() },
        ]),
      ),
    )
    expect(usdtProbes(file)).toEqual([
      {
        provider: 'app',
        name: 'request__start',
        address: 0x600,
        semaphore: 0x6100,
        arguments: [
          { size: 4, signed: true, place: '%edi' },
          { size: 8, signed: false, place: '-16(%rbp)' },
          { size: 8, signed: false, place: '%xmm0' },
        ],
      },
      { provider: 'app', name: 'idle', address: 0x700, semaphore: 0, arguments: [] },
      {
        provider: 'arm',
        name: 'load',
        address: 0x800,
        semaphore: 0,
        arguments: [
          { size: 8, signed: false, place: '[sp, 16]' },
          { size: 1, signed: false, place: 'w0' },
        ],
      },
    ])
  })

  test('whatever is damaged, it is refused in words or read within its bounds', () => {
    const good = buildElf(shape, [
      ...symbolSections(shape, [['f', FUNCTION, 16, 4]]),
      { name: '.note.stapsdt', type: 7, bytes: probe(shape, [1, 2, 3], ['p', 'n', '8@%rax']) },
    ])
    let largest = 0
    const watched = (bytes: Uint8Array): ByteSource => {
      return {
        size: bytes.length,
        read(offset, length) {
          largest = Math.max(largest, Math.min(length, bytes.length))
          return bytes.slice(offset, offset + length)
        },
      }
    }
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        fc.nat(good.length),
        (changes, cut) => {
          const bytes = good.slice(0, cut % 4 === 0 ? cut : good.length)
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          try {
            const file = openElf(watched(bytes))
            elfFunctions(file)
            usdtProbes(file)
            buildId(file)
            debugLink(file)
          } catch (error) {
            expect(error).toBeInstanceOf(UserError)
          }
        },
      ),
      runs(150),
    )
    expect(largest).toBeLessThanOrEqual(good.length)
  })
})

test('names without an end keep nobody busy', () => {
  const shape: ElfShape = { bits: 64, littleEndian: true }
  const rows = Array.from({ length: 3000 }, (_, index): SymbolRow => ['f', FUNCTION, index + 1, 1])
  const [table, ...others] = symbolSections(shape, rows)
  if (table === undefined) throw new Error('no symbol table')
  // Every symbol's name starts one further into a table without a zero.
  const view = new DataView(table.bytes.buffer, table.bytes.byteOffset)
  for (let index = 1; index <= rows.length; index++) view.setUint32(index * 24, index, true)
  const endless = { ...others[0], name: '.strtab', type: 3, bytes: new Uint8Array(64 * 1024).fill(0x61) }
  const started = performance.now()
  const { functions, truncated } = elfFunctions(openElf(sourceOf(buildElf(shape, [table, endless]))))
  expect(truncated).toBe(true)
  expect(functions.length).toBeLessThan(2)
  expect(performance.now() - started).toBeLessThan(5000)
})

test.each([
  ['an empty file', new Uint8Array(0)],
  ['a script', new TextEncoder().encode(`#!/bin/sh\n${'echo '.repeat(20)}`)],
  ['a class of no machine', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 9, 1, ...new Array(60).fill(0))],
  ['a byte order of no machine', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 9, ...new Array(60).fill(0))],
])('%s is refused in words', (_, bytes) => {
  expect(() => openElf(sourceOf(bytes))).toThrow(UserError)
})
