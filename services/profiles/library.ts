/**
 * The shelf of profiles as its users see it: records with handles and bundles, baselines, and what may be done with
 * them. Every call is asynchronous and takes and gives plain data, so that an editor can put the library into a worker.
 */
import type { ProfileType } from './profile-type.ts'

export interface ProfileRecord {
  /** `handle:<16 hex>` */
  readonly handle: string
  /** `bundle:<16 hex>`, the newest that the profile belongs to; null for a single profile. */
  readonly bundle: string | null
  readonly type: ProfileType
  /** Given by a person, else the name of the file it came from. */
  readonly name: string
  readonly service: string | null
  readonly env: string | null
  /** When it was taken, as ISO 8601; null where neither the file nor its source says. */
  readonly takenAt: string | null
  /** Where it came from: a path, a URL without credentials, `merge`. */
  readonly origin: string
  readonly bytes: number
  readonly sha256: string
  /** Hash of the unpacked content: the same for a profile and its compressed form. */
  readonly contentSha256: string
  readonly pinned: boolean
  readonly importedAt: string
  readonly lastUsedAt: string
  /** Seven days after its last use; null while it is pinned. */
  readonly expiresAt: string | null
  /** The stored file. Read it; never write it. */
  readonly path: string
}

/** A profile about to be shelved. */
export interface NewProfile {
  /** Its content: a file that is copied, or bytes. */
  readonly content: { readonly path: string } | { readonly bytes: Uint8Array }
  readonly type: ProfileType
  readonly name: string
  readonly origin: string
  readonly service?: string | null | undefined
  readonly env?: string | null | undefined
  readonly takenAt?: string | null | undefined
}

export interface AddOptions {
  readonly asBundle?: boolean
  /** Ends the copying of large files; nothing is shelved then. */
  readonly signal?: AbortSignal
}

export interface ProfileFilter {
  readonly service?: string | undefined
  readonly env?: string | undefined
  readonly type?: ProfileType | undefined
  readonly bundle?: string | undefined
  /** Found in name, service, env or origin, without regard to case. */
  readonly text?: string | undefined
  readonly pinned?: boolean | undefined
  /** ISO 8601; compared with `takenAt`, else with `importedAt`. */
  readonly since?: string | undefined
  readonly until?: string | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

export interface ProfileChanges {
  readonly name?: string | undefined
  readonly service?: string | null | undefined
  readonly env?: string | null | undefined
  readonly type?: ProfileType | undefined
  readonly pinned?: boolean | undefined
}

/** What is remembered of one profile for later comparison. */
export interface BaselineEntry {
  /** Identifies the content of the profile: it is never counted twice and never compared with itself. */
  readonly sha256: string
  readonly takenAt: string | null
  readonly recordedAt: string
  readonly functions: readonly { readonly name: string; readonly flatPct: number; readonly cumPct: number }[]
  /** Total of the sample type per second of profiling, where the duration is known. */
  readonly perSecond: number | null
}

export interface BaselineKey {
  /** `service:env`, or a name of the caller's choice. */
  readonly key: string
  readonly type: ProfileType
  /** Name of the sample type. */
  readonly sampleType: string
}

export interface Baseline extends BaselineKey {
  /** Oldest first. */
  readonly history: readonly BaselineEntry[]
}

export interface BaselineShelf {
  /** An unknown key has an empty history. */
  load(key: BaselineKey): Promise<Baseline>
  list(): Promise<readonly (BaselineKey & { readonly entries: number; readonly updatedAt: string })[]>
  /** Adds a profile, once; the oldest go when the history is full. Says whether it was new. */
  record(key: BaselineKey, entry: Omit<BaselineEntry, 'recordedAt'>): Promise<boolean>
  /** Forgets the history. Says how many entries there were. */
  reset(key: BaselineKey): Promise<number>
}

export interface ProfileLibrary {
  /**
   * Shelves profiles; two or more, or `asBundle`, become one bundle. Content that is already there keeps its handle,
   * and the same set of contents its bundle.
   */
  add(profiles: readonly NewProfile[], options?: AddOptions): Promise<readonly ProfileRecord[]>
  list(filter?: ProfileFilter): Promise<{ readonly profiles: readonly ProfileRecord[]; readonly total: number }>
  /** The record behind `handle:<16 hex>`; this counts as a use. @throws UserError `NOT_FOUND` */
  get(handle: string): Promise<ProfileRecord>
  /** The members of `bundle:<16 hex>` (or `handle:` before a bundle's id). @throws UserError `NOT_FOUND` */
  members(bundle: string): Promise<readonly ProfileRecord[]>
  update(handle: string, changes: ProfileChanges): Promise<ProfileRecord>
  /** Deletes a profile, or every member of a bundle. Says what went. @throws UserError `NOT_FOUND` */
  delete(reference: string): Promise<readonly ProfileRecord[]>
  /** Deletes what has expired. Opening the library does it too. */
  prune(): Promise<number>
  /** Changes whenever the listing does, whoever changed it: cheap enough to ask every second. */
  revision(): Promise<number>
  readonly baselines: BaselineShelf
  close(): Promise<void>
}
