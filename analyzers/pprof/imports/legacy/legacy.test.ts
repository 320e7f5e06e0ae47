import { describe, expect, test } from 'vitest'
import { profileRows } from '../../../../test/profile-rows.ts'
import type { Profile } from '../../profile.ts'
import { importForeign } from '../index.ts'
import { scaledHeapSample } from './heap.ts'
import { assignMappings, parseMemoryMap } from './memory-map.ts'

function imported(content: string | Uint8Array): Profile {
  const profile = importForeign(typeof content === 'string' ? new TextEncoder().encode(content) : content)
  if (profile === undefined) throw new Error('not recognised')
  return profile
}

const types = (profile: Profile) => profile.sampleTypes.map(({ type }) => type).join(' ')
const map = 'MAPPED_LIBRARIES:\n00400000-00fcb000 r-xp 00000000 08:01 123 /bin/app\n7f00-7f80 rw-p 0 08:01 1 /data\n'

describe('heap text', () => {
  test('scales sampled allocations and moves return addresses onto their calls', () => {
    const profile = imported(
      `heap profile: 1: 1000 [2: 2000] @ heap_v2/524288\n1: 1000 [2: 2000] @ 0x401002 0x401102\n${map}`,
    )
    expect(types(profile)).toBe('alloc_objects alloc_space inuse_objects inuse_space')
    expect(profileRows(profile)).toEqual(['0x401001 < 0x401101 = 1049, 1049576, 524, 524788 {bytes: 1000}'])
    expect(profile.mappings.map((each) => each.file)).toEqual(['/bin/app'])
    expect(profile.dropFrames).toContain('tc_malloc')
  })

  test('without allocations has one pair of types, and growth is never scaled', () => {
    const profile = imported('heap profile: 1: 10 [0: 0] @ growthz\n1: 10 [0: 0] @ 0x10\n')
    expect(types(profile)).toBe('objects space')
    expect(profileRows(profile)).toEqual(['0xf = 1, 10 {bytes: 10}'])
  })

  test('a malformed sample is left out and counted', () => {
    const profile = imported('heap profile: 1: 10 [1: 10] @ heapprofile\nnonsense\n1: 10 [1: 10] @ 0x10\n')
    expect(profileRows(profile)).toHaveLength(1)
    expect(profile.warnings).toEqual(['Left out 1 malformed samples (the first at line 2)'])
  })

  test('scaling divides by the chance of having been seen', () => {
    expect(scaledHeapSample(1n, 524_288n, 524_288n)).toEqual([1n, 829_411n])
    expect(scaledHeapSample(0n, 0n, 524_288n)).toEqual([0n, 0n])
    expect(scaledHeapSample(7n, 70n, 1n)).toEqual([7n, 70n])
  })
})

test('Go count text is read whatever it counts', () => {
  const profile = imported(
    'goroutine profile: total 5\n3 @ 0x11 0x21\n#\t0x10\tmain.wait+0x10\tmain.go:3\n\n2 @ 0x11\n',
  )
  expect(types(profile)).toBe('goroutine')
  expect(profileRows(profile)).toEqual(['0x10 < 0x20 = 3', '0x10 = 2'])
})

test('contention text turns cycles into nanoseconds and multiplies by the period', () => {
  const profile = imported('--- contention:\ncycles/second=2000000000\nsampling period=10\n400 3 @ 0x11\n')
  expect(profileRows(profile)).toEqual(['0x10 = 30, 2000'])
  expect(profile.period).toBe(10n)
})

test('thread text repeats the previous stack where it says so', () => {
  const text = `--- threadz 1 ---

--- Thread 7f (name: main/14748) stack: ---
  0x30
  0x21
--- Thread 80 (name: thread-1/15) stack: ---
  [same as previous thread]
`
  expect(profileRows(imported(text))).toEqual(['0x30 < 0x20 = 2'])
})

describe('binary CPU', () => {
  const words = (width: 4 | 8, littleEndian: boolean, values: readonly number[]) => {
    const view = new DataView(new ArrayBuffer(values.length * width))
    for (const [i, value] of values.entries()) {
      if (width === 8) view.setBigUint64(i * 8, BigInt(value), littleEndian)
      else view.setUint32(i * 4, value, littleEndian)
    }
    return new Uint8Array(view.buffer)
  }
  const samples = [0, 3, 0, 10_000, 0, 2, 2, 0x401000, 0x401101, 1, 1, 0x402000, 0, 1, 0]

  test.each([
    [4, true],
    [4, false],
    [8, true],
    [8, false],
  ] as const)('%i-byte words, little endian %s', (width, littleEndian) => {
    const profile = imported(words(width, littleEndian, samples))
    expect(types(profile)).toBe('samples cpu')
    expect(profileRows(profile)).toEqual(['0x401000 < 0x401100 = 2, 20000000', '0x402000 = 1, 10000000'])
  })

  test('without its end marker keeps what there is and says so', () => {
    const profile = imported(words(8, true, samples.slice(0, -3)))
    expect(profileRows(profile)).toHaveLength(2)
    expect(profile.warnings).toHaveLength(1)
  })

  test('the frame of the signal handler, second in every stack, is removed', () => {
    const stacks = [0x1000, 0x2000, 0x3000].flatMap((leaf) => [1, 3, leaf, 0xaa01, leaf + 0x101])
    const profile = imported(words(8, true, [0, 3, 0, 1, 0, ...stacks, 0, 1, 0]))
    expect(profileRows(profile)[0]).toBe('0x1000 < 0x1100 = 1, 1000')
  })
})

test('Java text takes names, files and lines from the table behind the samples', () => {
  const text = `--- contentionz 1 ---
format = java
resolution = microseconds
sampling period = 100
      14 1 @ 0x00000003 0x00000004
  0x00000003 com.example.A.run (A.java:12)
  0x00000004 native_wait (/usr/lib/libjvm.so)
`
  expect(profileRows(imported(text))).toEqual(['com.example.A.run A.java:12 < native_wait libjvm.so:0 = 100, 1400'])
})

describe('memory maps', () => {
  test('skip what is not executable and put the main binary first', () => {
    const lines = [
      '7f00-7f80 r-xp 0 08:01 1 /lib/libc.so.6',
      '8000-9000 rw-p 0 08:01 1 /x',
      '400000-500000 r-xp 0 08:01 1 /bin/app',
    ]
    expect(parseMemoryMap(lines).map((each) => each.file)).toEqual(['/bin/app', '/lib/libc.so.6'])
  })

  test('merge adjacent parts of one file, and replace variables', () => {
    const lines = ['build=/opt/app', '400000-500000: $build (@0)', '500000-600000: $build (@100000)']
    expect(parseMemoryMap(lines)).toMatchObject([{ start: 0x400000n, limit: 0x600000n, file: '/opt/app' }])
  })

  test('an address outside every mapping gets one that spans everything', () => {
    const { mappings, indexOf } = assignMappings([], [0x10n, 0n])
    expect(indexOf).toEqual([0, undefined])
    expect(mappings).toMatchObject([{ start: 0n, file: '' }])
  })
})
