/**
 * Reading profile.proto: what is accepted, what is refused and with which words, and that any bytes end in one of both.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '../shared/user-error.ts'
import { decode, ProfileDecoder } from './decode.ts'
import { encodePprof } from './formats/pprof.ts'
import { labelsOf } from './label-sets.ts'
import { defaultSampleIndex, NONE, type Profile } from './profile.ts'
import { ProtobufWriter } from './protobuf-writer.ts'
import { top } from './top.ts'

interface Parts {
  readonly values?: readonly (number | bigint)[]
  readonly locationIds?: readonly (number | bigint)[]
  readonly definedIds?: readonly (number | bigint)[]
  readonly functionId?: number
  readonly strings?: readonly string[]
  readonly types?: number
  readonly extra?: (writer: ProtobufWriter) => void
}

/** A profile of one sample, with parts replaced. String 1 is `cpu`, 2 `nanoseconds`, 3 `work`. */
function profile(parts: Parts = {}): Uint8Array {
  const writer = new ProtobufWriter()
  for (let i = 0; i < (parts.types ?? 1); i++) {
    writer.message(1, (type) => {
      type.number(1, 1)
      type.number(2, 2)
    })
  }
  const ids = parts.locationIds ?? [1]
  const values = parts.values ?? [7]
  writer.message(2, (sample) => {
    sample.packed(1, ids.length, (i) => ids[i] ?? 0)
    sample.packed(2, values.length, (i) => values[i] ?? 0)
  })
  for (const id of parts.definedIds ?? [1]) {
    writer.message(4, (location) => {
      location.number(1, id)
      location.message(4, (line) => line.number(1, parts.functionId ?? 1))
    })
  }
  writer.message(5, (entry) => {
    entry.number(1, 1)
    entry.number(2, 3)
  })
  parts.extra?.(writer)
  for (const text of parts.strings ?? ['', 'cpu', 'nanoseconds', 'work']) writer.string(6, text)
  return writer.take()
}

function codeOf(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    if (error instanceof UserError) return error.code
    throw error
  }
  return 'accepted'
}

test('a small profile', () => {
  const read = decode(profile())
  expect(read.sampleTypes).toEqual([{ type: 'cpu', unit: 'nanoseconds' }])
  expect(top(read).rows).toMatchObject([{ name: 'work', flat: 7, cum: 7 }])
})

describe('values', () => {
  test('of int64, exact to the last bit', () => {
    const values = [-(2n ** 63n), 2n ** 63n - 1n, -1, 0, 2n ** 53n + 1n]
    const read = decode(profile({ values, types: values.length }))
    expect(read.samples.values.map((column) => BigInt(column[0] ?? 0))).toEqual(values.map(BigInt))
  })

  test('sums beyond 2^53 stay exact, as text', () => {
    const large = 2n ** 53n - 1n
    const writer = new ProtobufWriter()
    for (const value of [large, 2n, -1n]) {
      writer.message(2, (sample) => {
        sample.packed(1, 1, () => 1)
        sample.packed(2, 1, () => value)
      })
    }
    const read = decode(Buffer.concat([profile({ values: [0] }), writer.take()]))
    expect(top(read).total).toBe((large + 1n).toString())
    expect(top(read).rows[0]?.flat).toBe((large + 1n).toString())
  })

  test('wrap around like int64', () => {
    const writer = new ProtobufWriter()
    writer.message(2, (sample) => {
      sample.packed(1, 1, () => 1)
      sample.packed(2, 1, () => 1)
    })
    const read = decode(Buffer.concat([profile({ values: [2n ** 63n - 1n] }), writer.take()]))
    expect(top(read).total).toBe((-(2n ** 63n)).toString())
  })
})

describe('ids', () => {
  test('may be hashes of 64 bits', () => {
    const id = 0xdead_beef_cafe_f00dn
    expect(top(decode(profile({ locationIds: [id], definedIds: [id] }))).rows).toHaveLength(1)
  })

  test('may be far apart', () => {
    const ids = [5, 4_000_000_000]
    expect(decode(profile({ locationIds: ids, definedIds: ids })).stacks.locations).toEqual(Uint32Array.of(0, 1))
  })

  test.each([
    ['a location that is not defined', { locationIds: [2] }],
    ['location 0', { locationIds: [0] }],
    ['a definition with id 0', { definedIds: [0, 1] }],
    ['two definitions of one id', { definedIds: [1, 1] }],
    ['a negative id that is not defined', { locationIds: [-1n] }],
    ['too few values', { values: [] }],
    ['too many values', { values: [1, 2] }],
    ['a string that is missing', { strings: ['', 'cpu', 'nanoseconds'] }],
    ['a first string that is not empty', { strings: ['x', 'cpu', 'nanoseconds', 'work'] }],
  ])('%s is corrupt', (_, parts) => {
    expect(codeOf(() => decode(profile(parts)))).toBe('PROFILE_CORRUPT')
  })

  test('a line without function is kept and said', () => {
    const read = decode(profile({ functionId: 9 }))
    expect(read.lines.functionIndex[0]).toBe(NONE)
    expect(read.warnings).toHaveLength(1)
    expect(top(read).rows).toMatchObject([{ name: '<unknown>', flat: 7 }])
  })
})

test('labels: text, numbers with units, several of one key; a label that says nothing is left out', () => {
  const writer = new ProtobufWriter()
  writer.message(2, (sample) => {
    sample.packed(1, 1, () => 1)
    sample.packed(2, 1, () => 1)
    const label = (...fields: readonly (number | bigint)[]) =>
      sample.message(3, (entry) => {
        for (const [i, value] of fields.entries()) entry.number(i + 1, value)
      })
    label(4, 5)
    label(4, 6)
    label(7, 0, -5n, 8)
    label(7)
  })
  const strings = ['', 'cpu', 'nanoseconds', 'work', 'tenant', 'a', 'b', 'size', 'bytes']
  const read = decode(Buffer.concat([profile({ strings }), writer.take()]))
  expect(labelsOf(read, read.samples.labelSet[1] ?? 0)).toEqual([
    { key: 'tenant', text: 'a', number: 0n, unit: '' },
    { key: 'tenant', text: 'b', number: 0n, unit: '' },
    { key: 'size', text: null, number: -5n, unit: 'bytes' },
  ])
})

test('the default sample type is the named one, else the last', () => {
  const types = [
    { type: 'a', unit: '' },
    { type: 'b', unit: '' },
  ]
  expect(defaultSampleIndex({ sampleTypes: types, defaultSampleType: '' })).toBe(1)
  expect(defaultSampleIndex({ sampleTypes: types, defaultSampleType: 'a' })).toBe(0)
  expect(defaultSampleIndex({ sampleTypes: types, defaultSampleType: 'c' })).toBe(1)
})

test('fields in any order, and unknown ones between them', () => {
  const extra = (writer: ProtobufWriter) => writer.string(99, 'from the future')
  expect(top(decode(profile({ extra }))).total).toBe(7)
})

test('two profiles in one file are refused', () => {
  const time = (writer: ProtobufWriter) => writer.number(9, 1)
  const one = profile({ extra: time })
  expect(codeOf(() => decode(Buffer.concat([one, one])))).toBe('PROFILE_CORRUPT')
})

test.each([
  ['nothing', new Uint8Array(0), 'PROFILE_EMPTY'],
  ['text', new TextEncoder().encode('hello, this is no profile'), 'NOT_A_PROFILE'],
  ['zeros', new Uint8Array(1000), 'NOT_A_PROFILE'],
  ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'NOT_A_PROFILE'],
])('%s', (_, bytes, code) => {
  expect(codeOf(() => decode(bytes))).toBe(code)
})

test('a stack of a hundred thousand frames', () => {
  const depth = 100_000
  const read = decode(profile({ locationIds: Array.from({ length: depth }, () => 1) }))
  expect(top(read).rows).toMatchObject([{ name: 'work', flat: 7, cum: 7 }])
})

test('any prefix of a profile is an error or a smaller profile, never a crash', () => {
  const whole = profile({ extra: (writer) => writer.number(9, 1) })
  for (let length = 0; length < whole.length; length++) {
    const code = codeOf(() => decode(whole.subarray(0, length)))
    expect(['PROFILE_EMPTY', 'NOT_A_PROFILE', 'PROFILE_TRUNCATED', 'PROFILE_CORRUPT']).toContain(code)
  }
})

test('any bytes end in a profile or a UserError', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void codeOf(() => top(decode(bytes)))))
})

test('any change of bytes ends in a profile or a UserError', () => {
  const whole = profile()
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(changes, (edits) => {
      const bytes = whole.slice()
      for (const [position, value] of edits) bytes[position] = value
      codeOf(() => top(decode(bytes)))
    }),
  )
})

test('chunks of any size give the same profile', () => {
  const whole = profile({ locationIds: [1, 2, 1], definedIds: [1, 2], values: [-3n] })
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (sizes) => {
      const decoder = new ProfileDecoder()
      for (let at = 0, i = 0; at < whole.length; i++) {
        const size = sizes[i % sizes.length] ?? 1
        decoder.push(whole.subarray(at, at + size))
        at += size
      }
      expect(plain(decoder.finish())).toEqual(plain(decode(whole)))
    }),
  )
})

test('what is written is read back the same', () => {
  const whole = decode(profile({ values: [-5n, 2n ** 60n], types: 2, locationIds: [2, 1], definedIds: [1, 2] }))
  expect(plain(decode(Buffer.concat([...encodePprof(whole)])))).toEqual(plain(whole))
})

function plain(of: Profile): unknown {
  return JSON.parse(JSON.stringify(of, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)))
}
