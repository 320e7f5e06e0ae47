/**
 * From what a caller names (path, handle, or bundle and type) to a decoded profile. The decoded ones that were used last
 * stay in memory, so that a second question about the same content is answered at once.
 */
import { statSync } from 'node:fs'
import path from 'node:path'
import type { Profile } from '../../analyzers/pprof/profile.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import type { PathPolicy } from '../paths/path-policy.ts'
import type { ProfileLibrary, ProfileRecord } from './library.ts'
import { detectProfileType, type ProfileType } from './profile-type.ts'
import { parseReference } from './reference.ts'

/** Decodes one profile of any known format, from a file or from bytes. `onRead` hears how many bytes of a file are read. */
export type ReadProfile = (
  source: string | Uint8Array,
  options: { readonly signal?: AbortSignal; readonly onRead?: (readBytes: number, fileBytes: number) => void },
) => Promise<Profile>

/** Where a reference leads, before anything is decoded. */
export interface LocatedProfile {
  /** The real file. */
  readonly path: string
  /** What to call it in a result: the handle, else the path as given. */
  readonly label: string
  /** Its record, where it lies in the library. */
  readonly record: ProfileRecord | undefined
}

export interface OpenedProfile extends LocatedProfile {
  readonly profile: Profile
  readonly type: ProfileType
}

export interface OpenOptions {
  /** Which member of a bundle. */
  readonly type?: ProfileType | undefined
  /** The argument's name, for error messages: `type`, `before_type`. */
  readonly typeArgument?: string
  readonly signal?: AbortSignal
}

export interface ProfileOpener {
  locate(reference: string, options?: OpenOptions): Promise<LocatedProfile>
  open(reference: string, options?: OpenOptions): Promise<OpenedProfile>
}

interface CacheEntry {
  readonly decoded: Promise<Profile>
  /** Memory of its columns; 0 while it is being decoded. */
  bytes: number
}

/** Eight profiles, or 512 MB of columns, whichever is less; the newest stays however big it is. */
const maxEntries = 8
const maxBytes = 512 * 1024 * 1024

export function createProfileOpener(library: ProfileLibrary, paths: PathPolicy, read: ReadProfile): ProfileOpener {
  const cache = new Map<string, CacheEntry>()

  async function locate(text: string, options: OpenOptions = {}): Promise<LocatedProfile> {
    const reference = parseReference(text)
    if (reference.kind === 'path') {
      return { path: paths.existing(text), label: text, record: undefined }
    }
    const record = await findRecord(library, reference, options)
    return { path: record.path, label: record.handle, record }
  }

  function decode(located: LocatedProfile, signal: AbortSignal | undefined): Promise<Profile> {
    const stat = statSync(located.path, { throwIfNoEntry: false })
    if (stat?.isDirectory()) throw folderError(located.label)
    // Shelved content never changes; another file is the same while nothing of this did.
    const key = located.record?.sha256 ?? [located.path, stat?.ino, stat?.size, stat?.mtimeMs].join('\0')
    const known = cache.get(key)
    if (known !== undefined) {
      cache.delete(key)
      cache.set(key, known)
      return known.decoded
    }
    const decoded = read(located.path, signal === undefined ? {} : { signal })
    const entry: CacheEntry = { decoded, bytes: 0 }
    cache.set(key, entry)
    decoded.then(
      (profile) => {
        entry.bytes = columnBytes(profile)
        evict(cache)
      },
      () => cache.delete(key),
    )
    return decoded
  }

  return {
    locate,
    async open(text, options = {}) {
      const located = await locate(text, options)
      let profile: Profile
      try {
        profile = await decode(located, options.signal)
      } catch (error) {
        // Another caller's cancellation must not become ours.
        if (!isAbort(error) || options.signal?.aborted) throw naming(located.label, error)
        profile = await decode(located, options.signal)
      }
      return { ...located, profile, type: located.record?.type ?? typeOf(profile, located.path) }
    },
  }
}

/** Callers may have named several profiles: the error says which of them it is about. */
function naming(label: string, error: unknown): unknown {
  if (!(error instanceof UserError) || error.message.includes(label)) return error
  const { code, message, hint, retryable, details } = error
  const fields = { code, message: `\`${label}\`: ${message}`, retryable, details: { profile: label, ...details } }
  return new UserError(hint === undefined ? fields : { ...fields, hint }, { cause: error })
}

export function typeOf(profile: Profile, file: string): ProfileType {
  return detectProfileType({
    sampleTypes: profile.sampleTypes,
    defaultSampleType: profile.defaultSampleType,
    periodType: profile.periodType?.type,
    fileName: path.basename(file),
  })
}

async function findRecord(
  library: ProfileLibrary,
  reference: { readonly kind: 'handle' | 'bundle'; readonly id: string },
  options: OpenOptions,
): Promise<ProfileRecord> {
  const argument = options.typeArgument ?? 'type'
  if (reference.kind === 'handle') {
    const record = await library.get(`handle:${reference.id}`).catch((error: unknown) => {
      if (error instanceof UserError && error.code === 'NOT_FOUND') return undefined
      throw error
    })
    if (record !== undefined) {
      if (options.type !== undefined && options.type !== record.type) throw wrongType(record, options.type, argument)
      return record
    }
  }
  const members = await library.members(`${reference.kind}:${reference.id}`)
  const types = [...new Set(members.map((member) => member.type))].sort()
  if (options.type === undefined) {
    const [only] = members
    if (members.length === 1 && only !== undefined) return library.get(only.handle)
    throw new UserError({
      code: 'INVALID_ARGUMENT',
      message: `A bundle holds several profiles: say which with \`${argument}\``,
      hint: `It has: ${types.join(', ')}.`,
      details: { field: argument, expected: types },
    })
  }
  const [member, ...others] = members.filter((each) => each.type === options.type)
  if (others.length > 0) {
    throw new UserError({
      code: 'INVALID_ARGUMENT',
      message: `The bundle has ${others.length + 1} profiles of type \`${options.type}\``,
      hint: `Give the handle of one: ${[member, ...others].map((each) => `${each?.handle} (${each?.name})`).join(', ')}.`,
      details: { field: argument, received: options.type },
    })
  }
  if (member === undefined) {
    throw new UserError({
      code: 'NOT_FOUND',
      message: `The bundle has no profile of type \`${options.type}\``,
      hint: `It has: ${types.join(', ')}.`,
      details: { field: argument, expected: types, received: options.type },
    })
  }
  return library.get(member.handle)
}

function wrongType(record: ProfileRecord, type: ProfileType, argument: string): UserError {
  return new UserError({
    code: 'INVALID_ARGUMENT',
    message: `\`${record.handle}\` is a profile of type \`${record.type}\`, not \`${type}\``,
    hint: `Leave out \`${argument}\`, or give the handle of another profile.`,
    details: { field: argument, expected: record.type, received: type },
  })
}

function folderError(label: string): UserError {
  return new UserError({
    code: 'INVALID_ARGUMENT',
    message: `\`${label}\` is a folder`,
    hint: 'Import it with `profiles.import` and use the handles, or name a file in it.',
  })
}

/** What the typed arrays of a value and of its parts hold. */
export function columnBytes(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 0
  // Tables of strings and mappings are small beside the columns, and long to walk.
  if (Array.isArray(value) && typeof value[0] !== 'object') return value.length * 32
  return Object.values(value).reduce((sum: number, part) => sum + columnBytes(part), 0)
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

function evict(cache: Map<string, CacheEntry>): void {
  let bytes = 0
  for (const entry of cache.values()) bytes += entry.bytes
  for (const [key, entry] of cache) {
    if (cache.size <= 1 || (cache.size <= maxEntries && bytes <= maxBytes)) return
    cache.delete(key)
    bytes -= entry.bytes
  }
}
