/**
 * What the kernel allocates for a map at its maximum, by map type and size of key and value. The formulas are those of
 * `map_mem_usage` of each map type in Linux 6.x (kernel/bpf/hashtab.c, arraymap.c, stackmap.c); they were compared with
 * the `memlock` that `bpftool map show` prints for maps of bpftrace 0.17, 0.23 and 0.27.
 */
import { atLeast, type Version } from '../version.ts'

export interface MapShape {
  readonly type: 'hash' | 'percpu_hash' | 'lru_hash' | 'lru_percpu_hash' | 'percpu_array' | 'stack_trace'
  /** Bytes. */
  readonly key: number
  /** Bytes; on each CPU for per-CPU types. */
  readonly value: number
  readonly maxEntries: number
}

const HASH_TABLE = 896
const HASH_BUCKET = 16
const HASH_ELEMENT = 48
const ARRAY = 320
const STACK_BUCKET = 24
const POINTER = 8

const round8 = (bytes: number) => Math.ceil(bytes / 8) * 8
const powerOfTwo = (count: number) => 2 ** Math.ceil(Math.log2(Math.max(count, 1)))

/** `cpus` is the number of possible CPUs. */
export function mapBytes(shape: MapShape, cpus: number): number {
  const { key, value, maxEntries } = shape
  switch (shape.type) {
    case 'percpu_array':
      return ARRAY + maxEntries * (POINTER + round8(value) * cpus)
    case 'stack_trace':
      return ARRAY + powerOfTwo(maxEntries) * (value + STACK_BUCKET)
    case 'percpu_hash':
    case 'lru_percpu_hash': {
      const element = HASH_ELEMENT + round8(key) + POINTER + round8(value) * cpus
      return HASH_TABLE + powerOfTwo(maxEntries) * HASH_BUCKET + maxEntries * element
    }
    case 'hash':
    case 'lru_hash': {
      const element = HASH_ELEMENT + round8(key) + round8(value)
      // A plain hash keeps one spare element and a pointer for each CPU, to replace values in place.
      const spare = shape.type === 'hash' ? cpus * (element + POINTER) : 0
      return HASH_TABLE + powerOfTwo(maxEntries) * HASH_BUCKET + maxEntries * element + spare
    }
  }
}

/** How a version of bpftrace lays out its maps. */
export interface MapLayout {
  readonly since: string
  /** Integers in keys take eight bytes each, and elements of a key follow each other at multiples of eight. */
  readonly widensKeys: boolean
  /** Scalar maps have one entry instead of the maximum. */
  readonly singleScalars: boolean
  /** `@ = count()` is a per-CPU array. */
  readonly countsInArray: boolean
  /** Stacks lie in a map of their own, and keys and values hold a number of this many bytes; null: they hold the stack. */
  readonly stackMap: { readonly type: MapShape['type']; readonly key: number; readonly reference: number } | null
  /** Bytes of min, max, avg and stats on each CPU; before 0.22 avg and stats used two entries instead. */
  readonly pairBytes: number
  readonly stringBytes: number
}

/** Newest first. Measured on the versions named; the ones between follow the nearest older one. */
const layouts: readonly MapLayout[] = [
  {
    since: '0.24',
    widensKeys: false,
    singleScalars: true,
    countsInArray: false,
    stackMap: null,
    pairBytes: 16,
    stringBytes: 1024,
  },
  {
    since: '0.22',
    widensKeys: true,
    singleScalars: true,
    countsInArray: true,
    stackMap: { type: 'lru_hash', key: 12, reference: 16 },
    pairBytes: 16,
    stringBytes: 1024,
  },
  {
    since: '0.9',
    widensKeys: true,
    singleScalars: false,
    countsInArray: true,
    stackMap: { type: 'stack_trace', key: 4, reference: 8 },
    pairBytes: 8,
    stringBytes: 64,
  },
]

const [newestLayout] = layouts

export function mapLayout(version: Version): MapLayout {
  const found = layouts.find((layout) => atLeast(version, layout.since)) ?? newestLayout
  if (found === undefined) throw new Error('There is no map layout at all')
  return found
}

/** Stacks that a stack map can hold. */
export const STACK_MAP_ENTRIES = 131_072
