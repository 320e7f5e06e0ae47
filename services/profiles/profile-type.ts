/**
 * The closed vocabulary of profile types, and the guess of a type from what a file says about itself. It knows sample
 * types and file names only; nothing here reads a file.
 */
const baseTypes = [
  'cpu',
  'heap',
  'allocs',
  'mutex',
  'block',
  'goroutine',
  'threadcreate',
  'wall',
  'off_cpu',
  'unknown',
] as const

export type BaseType = (typeof baseTypes)[number]
export type ProfileType = BaseType | `${BaseType}_delta`

export const profileTypes: readonly [ProfileType, ...ProfileType[]] = [
  ...baseTypes,
  ...baseTypes.map((type): ProfileType => `${type}_delta`),
]

/** Without `_delta`: what was measured, whether over a span or since the start. */
export function baseTypeOf(type: ProfileType): BaseType {
  return baseTypes.find((base) => type === base || type === `${base}_delta`) ?? 'unknown'
}

export function isProfileType(text: string): text is ProfileType {
  return profileTypes.some((type) => type === text)
}

/** What a decoded profile tells about its type. */
export interface TypeEvidence {
  readonly sampleTypes: readonly { readonly type: string; readonly unit: string }[]
  readonly defaultSampleType?: string | undefined
  readonly periodType?: string | undefined
  /** Base name of the file, where there is one. */
  readonly fileName?: string | undefined
}

/** Words by which producers name their files and bundle entries, most specific first. */
const nameHints: readonly (readonly [RegExp, BaseType])[] = [
  [/off[-_]?cpu/, 'off_cpu'],
  [/thread-?create/, 'threadcreate'],
  [/goroutine/, 'goroutine'],
  [/mutex/, 'mutex'],
  [/block/, 'block'],
  [/alloc/, 'allocs'],
  [/heap|memory|inuse/, 'heap'],
  [/wall/, 'wall'],
  [/cpu/, 'cpu'],
]

/** Sample types that occur in one type of profile only, most specific first. */
const sampleTypeHints: readonly (readonly [RegExp, BaseType])[] = [
  [/^(inuse_space|inuse_objects|live_heap.*)$/, 'heap'],
  [/^(alloc_space|alloc_objects|allocations?)$/, 'allocs'],
  [/^goroutines?$/, 'goroutine'],
  [/^threadcreate$/, 'threadcreate'],
  [/^off-?_?cpu$/, 'off_cpu'],
  [/^wall(_time)?$/, 'wall'],
  [/^(cpu|cpu[-_]?time|cpu-samples|cycles|instructions|cpu-clock|task-clock)$/, 'cpu'],
]

/** The type of a profile: its sample types first, then the file name where those leave a choice. */
export function detectProfileType(evidence: TypeEvidence): ProfileType {
  const name = (evidence.fileName ?? '').toLowerCase()
  const base = guessBaseType(evidence, name)
  return /(^|[^a-z])delta([^a-z]|$)/.test(name) ? `${base}_delta` : base
}

function guessBaseType(evidence: TypeEvidence, name: string): BaseType {
  const types = evidence.sampleTypes.map((sampleType) => sampleType.type.toLowerCase())
  const named = nameHints.find(([pattern]) => pattern.test(name))?.[1]
  // Go writes the same sample types into mutex and block profiles: only the name tells them apart.
  if (types.includes('contentions') || types.includes('delay')) return named === 'block' ? 'block' : 'mutex'
  // A Go heap profile has all four of these; the default says which half the producer meant.
  if (types.includes('inuse_space') && types.includes('alloc_space')) {
    if (evidence.defaultSampleType?.startsWith('alloc')) return 'allocs'
    return named === 'allocs' ? 'allocs' : 'heap'
  }
  for (const [pattern, type] of sampleTypeHints) {
    if (types.some((sampleType) => pattern.test(sampleType))) return type
  }
  const period = evidence.periodType?.toLowerCase()
  if (period === 'space' || types.includes('space')) return 'heap'
  if (period === 'cpu') return 'cpu'
  return named ?? (types.includes('samples') || types.includes('sample') ? 'cpu' : 'unknown')
}
