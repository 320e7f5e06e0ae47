import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../../../test/setup/fast-check.ts'
import { UserError } from '../../shared/user-error.ts'
import { BtfBuilder } from '../testing/btf-builder.ts'
import { BtfFacts } from './btf-facts.ts'
import { BtfFile, btfKind } from './btf-file.ts'
import { BtfTypes } from './btf-types.ts'

function factsOf(builder: BtfBuilder): BtfFacts {
  const facts = new BtfFacts()
  facts.add('vmlinux', new BtfTypes(new BtfFile(builder.build())))
  return facts
}

describe.each([true, false])('a BTF file, little-endian: %s', (littleEndian) => {
  test('integers have size, sign and encoding', () => {
    const btf = new BtfBuilder({ littleEndian })
    const long = btf.integer('long int', 8, true)
    const bool = btf.add(btfKind.integer, { name: '_Bool', sizeOrType: 1, words: [(4 << 24) | 8] })
    const char = btf.integer('char', 1, false)
    const types = new BtfTypes(new BtfFile(btf.build()))
    expect(types.type(long)).toEqual({
      kind: 'integer',
      name: 'long int',
      size: 8,
      signed: true,
      encoding: 'number',
    })
    expect(types.type(bool)).toMatchObject({ encoding: 'bool', signed: false })
    expect(types.type(char)).toMatchObject({ encoding: 'char' })
  })

  test('a struct has its fields, nested and anonymous ones as they are declared', () => {
    const btf = new BtfBuilder({ littleEndian })
    const int = btf.integer('int', 4, true)
    const inner = btf.struct('', 4, [['low', int, 0]], btfKind.union)
    btf.struct('outer', 16, [
      ['first', int, 0],
      ['', inner, 32],
      ['again', btf.types + 1, 64],
    ])
    const outer = factsOf(btf).record('struct', 'outer')
    expect(outer?.size).toBe(16)
    expect(outer?.fields.map(({ name, offset }) => [name, offset])).toEqual([
      ['first', 0],
      ['', 4],
      ['again', 8],
    ])
    expect(outer?.fields[1]?.type).toMatchObject({ kind: 'record', keyword: 'union', fields: [{ name: 'low' }] })
    // A struct that leads to itself is one object, not an endless one.
    expect(outer?.fields[2]?.type).toBe(outer)
  })

  test('a bitfield has its place in the unit that holds it', () => {
    const btf = new BtfBuilder({ littleEndian })
    const unsigned = btf.integer('unsigned int', 4, false)
    const byte = btf.integer('unsigned char', 1, false)
    btf.struct('flags', 8, [
      ['a', unsigned, 0, 3],
      ['b', unsigned, 35, 5],
      ['packed', byte, 44, 6],
      ['plain', byte, 56, 0],
    ])
    const fields = factsOf(btf).record('struct', 'flags')?.fields
    expect(fields?.map(({ offset, bits }) => [offset, bits])).toEqual([
      [0, { offset: 0, size: 3 }],
      [4, { offset: 3, size: 5 }],
      [5, { offset: 4, size: 6 }],
      [7, undefined],
    ])
  })

  test('bitfields of old files are integers of fewer bits', () => {
    const btf = new BtfBuilder({ littleEndian })
    const narrow = btf.add(btfKind.integer, { name: 'unsigned int', sizeOrType: 4, words: [3] })
    btf.struct('old', 4, [['bits', narrow, 5]])
    expect(factsOf(btf).record('struct', 'old')?.fields[0]?.bits).toEqual({ offset: 5, size: 3 })
  })

  test('qualifiers vanish; type tags stay with the pointer', () => {
    const btf = new BtfBuilder({ littleEndian })
    const char = btf.integer('char', 1, true)
    const constant = btf.add(btfKind.const, { sizeOrType: char })
    const user = btf.add(btfKind.typeTag, { name: 'user', sizeOrType: constant })
    const pointer = btf.add(btfKind.volatile, { sizeOrType: btf.pointer(user) })
    const type = new BtfTypes(new BtfFile(btf.build())).type(pointer)
    expect(type).toMatchObject({ kind: 'pointer', tags: ['user'], to: { kind: 'integer', name: 'char' } })
  })

  test('enums have values of their width and sign', () => {
    const btf = new BtfBuilder({ littleEndian })
    const values = [btf.string('MINUS'), 0xffffffff, btf.string('ONE'), 1]
    btf.add(btfKind.enum, { name: 'small', sizeOrType: 4, count: 2, flag: true, words: values })
    btf.add(btfKind.enum, { name: 'plain', sizeOrType: 4, count: 1, words: [btf.string('ALL'), 0xffffffff] })
    const wide = [btf.string('WIDE'), 0x89abcdef, 0x1234567]
    btf.add(btfKind.enum64, { name: 'wide', sizeOrType: 8, count: 1, words: wide })
    const facts = factsOf(btf)
    expect(facts.enumeration('small')?.values).toEqual([
      { name: 'MINUS', value: -1n },
      { name: 'ONE', value: 1n },
    ])
    expect(facts.enumerator('ALL')?.value).toBe(0xffffffffn)
    expect(facts.enumerator('WIDE')).toMatchObject({ value: 0x123456789abcdefn, enumeration: { name: 'wide' } })
    expect(facts.enumerator('NONE')).toBeUndefined()
  })

  test('arrays, floats, typedefs and forward declarations', () => {
    const btf = new BtfBuilder({ littleEndian })
    const double = btf.add(btfKind.float, { name: 'double', sizeOrType: 8 })
    const array = btf.add(btfKind.array, { words: [double, double, 3] })
    btf.add(btfKind.typedef, { name: 'vector_t', sizeOrType: array })
    const forward = btf.add(btfKind.forward, { name: 'hidden', flag: true })
    const types = new BtfTypes(new BtfFile(btf.build()))
    expect(types.type(array)).toMatchObject({
      kind: 'array',
      length: 3,
      of: { kind: 'float', name: 'double', size: 8 },
    })
    expect(types.size(array)).toBe(24)
    expect(types.type(forward)).toMatchObject({ keyword: 'union', name: 'hidden', incomplete: true, fields: [] })
    expect(factsOf(btf).typedef('vector_t')?.target).toMatchObject({ kind: 'array' })
  })

  test('functions have parameters, a result and perhaps more arguments', () => {
    const btf = new BtfBuilder({ littleEndian })
    const int = btf.integer('int', 4, true)
    btf.function('printk', int, [
      ['fmt', btf.pointer(int)],
      ['', 0],
    ])
    btf.function('nothing', 0, [])
    const facts = factsOf(btf)
    expect(facts.signature('printk')).toMatchObject({
      variadic: true,
      params: [{ name: 'fmt' }],
      returns: { name: 'int' },
    })
    expect(facts.signature('nothing')).toMatchObject({ variadic: false, params: [], returns: { kind: 'void' } })
    expect(facts.signature('other')).toBeUndefined()
  })

  test('a raw tracepoint takes its names from its probe function and loses the context', () => {
    const btf = new BtfBuilder({ littleEndian })
    const int = btf.integer('int', 4, true)
    const prototype = btf.add(btfKind.prototype, { count: 2, words: [0, btf.pointer(0), 0, int] })
    for (const name of ['named', 'unnamed']) {
      btf.add(btfKind.typedef, { name: `btf_trace_${name}`, sizeOrType: btf.pointer(prototype) })
    }
    btf.function('__probestub_named', 0, [
      ['__data', btf.pointer(0)],
      ['cpu', int],
    ])
    const facts = factsOf(btf)
    expect(facts.names('rawtracepoint')).toEqual(['named', 'unnamed'])
    expect(facts.rawTracepoint('named')?.params).toMatchObject([{ name: 'cpu', type: { name: 'int' } }])
    expect(facts.rawTracepoint('unnamed')?.params).toMatchObject([{ name: '', type: { name: 'int' } }])
    expect(facts.rawTracepoint('other')).toBeUndefined()
  })

  test("a module's file continues the ids and strings of its base", () => {
    const base = new BtfBuilder({ littleEndian })
    const int = base.integer('int', 4, true)
    const shared = base.struct('shared', 4, [['value', int, 0]])
    const module = new BtfBuilder({ littleEndian, base })
    module.struct('own', 12, [
      ['pointer', module.pointer(shared), 0],
      ['number', int, 64],
    ])
    module.struct('shared', 8, [['changed', int, 0]])
    module.function('module_init', int, [['arg', shared]])

    const baseFile = new BtfFile(base.build())
    const facts = new BtfFacts()
    facts.add('vmlinux', new BtfTypes(baseFile))
    facts.add('driver', new BtfTypes(new BtfFile(module.build(), baseFile)))
    const own = facts.record('struct', 'own')
    expect(own?.fields).toMatchObject([
      { name: 'pointer', type: { kind: 'pointer', to: { name: 'shared', fields: [{ name: 'value' }] } } },
      { name: 'number', type: { name: 'int' } },
    ])
    expect(facts.record('struct', 'shared')?.size).toBe(4)
    expect(facts.names('struct')).toEqual(['own', 'shared'])
    expect(facts.signature('module_init', 'driver')?.params).toMatchObject([{ name: 'arg', type: { name: 'shared' } }])
    expect(facts.signature('module_init', 'vmlinux')).toBeUndefined()
  })
})

describe('what is no BTF', () => {
  test.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('not a BTF file, but long enough to be one')],
    [
      'a header only, whose types end after the file',
      new Uint8Array([0x9f, 0xeb, 1, 0, 24, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ],
  ])('%s is refused in words', (_, bytes) => {
    expect(() => new BtfFile(bytes)).toThrow(UserError)
  })

  test('an unknown kind is refused, for its length is unknown', () => {
    const btf = new BtfBuilder()
    btf.add(31, { name: 'future' })
    expect(() => new BtfFile(btf.build())).toThrow(/unknown kind 31/)
  })

  test('typedefs and arrays of themselves end', () => {
    const btf = new BtfBuilder()
    btf.add(btfKind.typedef, { name: 'loop', sizeOrType: 1 })
    btf.add(btfKind.const, { sizeOrType: 2 })
    btf.add(btfKind.array, { words: [3, 1, 1000] })
    const types = new BtfTypes(new BtfFile(btf.build()))
    expect(factsOf(btf).typedef('loop')?.target).toEqual({ kind: 'void' })
    expect(types.type(2)).toEqual({ kind: 'void' })
    expect(types.size(3)).toBe(0)
  })

  test('any damage to a good file gives a UserError or types that can be walked', () => {
    const btf = new BtfBuilder()
    const int = btf.integer('int', 4, true)
    const struct = btf.struct('s', 8, [
      ['a', int, 0, 3],
      ['b', btf.pointer(int), 32, 0],
    ])
    btf.add(btfKind.enum64, { name: 'e', sizeOrType: 8, count: 1, words: [0, 1, 2] })
    btf.function('f', struct, [['x', struct]])
    const good = btf.build()
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(good.length),
        (changes, cut) => {
          const bytes = good.slice(0, cut % 5 === 0 ? cut : good.length)
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          try {
            const types = new BtfTypes(new BtfFile(bytes))
            for (let id = 0; id < types.file.endId; id++) {
              types.size(id)
              const type = types.type(id)
              if (type.kind === 'record') for (const field of type.fields) void field.type
              if (type.kind === 'enum') void type.values
              types.signature(id)
            }
          } catch (error) {
            expect(error).toBeInstanceOf(UserError)
          }
        },
      ),
      runs(500),
    )
  })
})
