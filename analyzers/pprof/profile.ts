/**
 * A profile in columns. Everything that grows with the number of samples lives in typed arrays, equal stacks and equal
 * label sets are kept once, and strings are indices into one table: a profile of two million samples costs tens of
 * megabytes and can be handed to a worker. This module knows the meaning of the columns and nothing of files, formats
 * or analyses.
 */

/** What a value counts and in which unit: `cpu`/`nanoseconds`, `inuse_space`/`bytes`. */
export interface ValueType {
  readonly type: string
  readonly unit: string
}

/**
 * Exact int64 values. Doubles when every value and the sum of their magnitudes stay below 2^53, so that any subset can
 * be added up without rounding; otherwise 64-bit integers, to be added as google/pprof does, wrapping around.
 */
export type Int64Column = Float64Array | BigInt64Array

/** Index value for "there is none", used by `locations.mapping` and `lines.functionIndex`. */
export const NONE = 0xffffffff

/** The samples of one profile; a sample is one row of these columns. */
export interface SampleColumns {
  readonly length: number
  /** Row of `Profile.stacks` of each sample. */
  readonly stack: Uint32Array
  /** Row of `Profile.labelSets` of each sample; row 0 is the empty set. */
  readonly labelSet: Uint32Array
  /** One column for each sample type. */
  readonly values: readonly Int64Column[]
}

/** Unique call stacks. The locations of stack `i` are `locations[offsets[i] .. offsets[i + 1])`, leaf first. */
export interface StackColumns {
  readonly length: number
  readonly offsets: Uint32Array
  /** Rows of `Profile.locations`. */
  readonly locations: Uint32Array
}

/**
 * Instruction addresses. The lines of location `i` are rows `lineOffsets[i] .. lineOffsets[i + 1]` of `Profile.lines`.
 */
export interface LocationColumns {
  readonly length: number
  readonly lineOffsets: Uint32Array
  readonly address: BigUint64Array
  /** Index into `Profile.mappings`, or `NONE`. */
  readonly mapping: Uint32Array
  /** 1 where several symbols were folded into the address. */
  readonly isFolded: Uint8Array
}

/** Source lines of locations: the innermost inlined frame first, the real function last. */
export interface LineColumns {
  readonly length: number
  /** Row of `Profile.functions`, or `NONE`. */
  readonly functionIndex: Uint32Array
  readonly line: Float64Array
  readonly column: Float64Array
}

/** Functions; the three text columns are indices into `Profile.strings`. */
export interface FunctionColumns {
  readonly length: number
  readonly name: Uint32Array
  readonly systemName: Uint32Array
  readonly filename: Uint32Array
  readonly startLine: Float64Array
}

/** A binary or library that was mapped into the process. */
export interface Mapping {
  readonly start: bigint
  readonly limit: bigint
  readonly offset: bigint
  readonly file: string
  readonly buildId: string
  readonly hasFunctions: boolean
  readonly hasFilenames: boolean
  readonly hasLineNumbers: boolean
  readonly hasInlineFrames: boolean
}

/** The binary that google/pprof gives a profile that names none. */
export const NAMELESS_MAPPING: Mapping = {
  start: 0n,
  limit: 0n,
  offset: 0n,
  file: '',
  buildId: '',
  hasFunctions: false,
  hasFilenames: false,
  hasLineNumbers: false,
  hasInlineFrames: false,
}

/**
 * Unique sets of labels; set 0 is empty. The labels of set `i` are rows `offsets[i] .. offsets[i + 1]`, in the order of
 * the file. A label is text when `text` is not 0 (the index of a string); otherwise it is a number with a unit.
 */
export interface LabelSetColumns {
  readonly length: number
  readonly offsets: Uint32Array
  /** Indices into `Profile.strings`. */
  readonly key: Uint32Array
  readonly text: Uint32Array
  readonly number: BigInt64Array
  /** Index into `Profile.strings`; 0 where the file gives no unit. */
  readonly unit: Uint32Array
}

export interface Profile {
  /** String 0 is always the empty string. */
  readonly strings: readonly string[]
  readonly sampleTypes: readonly ValueType[]
  /** The type the file asks to be shown, or '' (then the last one is the default; see `defaultSampleIndex`). */
  readonly defaultSampleType: string
  readonly samples: SampleColumns
  readonly stacks: StackColumns
  readonly locations: LocationColumns
  readonly lines: LineColumns
  readonly functions: FunctionColumns
  readonly mappings: readonly Mapping[]
  readonly labelSets: LabelSetColumns
  readonly comments: readonly string[]
  readonly periodType: ValueType | null
  readonly period: bigint
  readonly timeNanos: bigint
  readonly durationNanos: bigint
  /** Regular expressions of frames that the producer wants dropped, or kept in spite of that. */
  readonly dropFrames: string
  readonly keepFrames: string
  readonly docUrl: string
  /** Sentences on what a lenient importer had to leave out; empty for profile.proto. */
  readonly warnings: readonly string[]
}

/** The sample type shown when nothing is asked for: the one the file names, else the last. `-1` when there is none. */
export function defaultSampleIndex(profile: Pick<Profile, 'sampleTypes' | 'defaultSampleType'>): number {
  const named = profile.sampleTypes.findIndex((each) => each.type === profile.defaultSampleType)
  return profile.defaultSampleType !== '' && named >= 0 ? named : profile.sampleTypes.length - 1
}
