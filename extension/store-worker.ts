/**
 * The thread in which the extension uses the store: SQLite answers synchronously, and a fault in its binary must not take
 * the editor with it.
 */
import { homeFolder } from '../services/database/home.ts'
import { createPathPolicy } from '../services/paths/path-policy.ts'
import { importProfiles } from '../services/profiles/import-profiles.ts'
import { lazyLibrary } from '../services/profiles/lazy-library.ts'
import type { ProfileChanges, ProfileRecord } from '../services/profiles/library.ts'
import type { ReadProfile } from '../services/profiles/open-profile.ts'
import { readProfile, readProfileBytes } from '../services/profiles/read-profile.ts'
import { openLibrary } from '../services/profiles/sqlite-library.ts'
import { reportProgress, serveThread } from './serve-thread.ts'

/** The view shows no more; who has more looks them up with `profiles.list`. */
const MAX_LISTED = 1000

const library = lazyLibrary(() => openLibrary({ home: homeFolder() }))
const read: ReadProfile = (source, options) =>
  typeof source === 'string' ? readProfile(source, options) : readProfileBytes(source, options)

/** Ends the import under way. */
const cancellation = new AbortController()

const operations = {
  async list(): Promise<readonly ProfileRecord[]> {
    return (await library.list({ limit: MAX_LISTED })).profiles
  },

  /** Another number after each change, by whichever process. */
  revision: (): Promise<number> => library.revision(),

  get: (handle: string): Promise<ProfileRecord> => library.get(handle),

  update: (handle: string, changes: ProfileChanges): Promise<ProfileRecord> => library.update(handle, changes),

  delete: (handle: string): Promise<readonly ProfileRecord[]> => library.delete(handle),

  /** A file, folder or archive; says how many profiles it brought and how many files could not be used. */
  async import(path: string): Promise<{ readonly profiles: readonly ProfileRecord[]; readonly skipped: number }> {
    const services = { library, paths: createPathPolicy(undefined), read }
    const options = { signal: cancellation.signal, progress: reportProgress }
    const { profiles, skipped } = await importProfiles(services, path, options)
    return { profiles, skipped: skipped.length }
  },

  /** What was stored until then stays. A thread that was told so imports nothing any more. */
  async cancelImport(): Promise<void> {
    cancellation.abort()
  },
}

export type StoreOperations = typeof operations

serveThread(operations)
