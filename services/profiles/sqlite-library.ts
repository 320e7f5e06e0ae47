/**
 * The profile library on SQLite and content files. The row and its file change together under the database's write lock:
 * a file gets its name inside the transaction that inserts its row, and is removed, in a second one, only when no row
 * has its hash. A process may die between any two lines here; what is left over is swept away later.
 */
import { createHash } from 'node:crypto'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { type ContentFiles, createContentFiles, type StagedContent } from '../database/content-files.ts'
import { type Database, openDatabase, storeError } from '../database/open-database.ts'
import { contentHash } from './content-hash.ts'
import type { AddOptions, NewProfile, ProfileChanges, ProfileFilter, ProfileLibrary, ProfileRecord } from './library.ts'
import { isoTime, lifetime, type ProfileRow, selectProfiles, toRecord, whereOf } from './profile-rows.ts'
import { newIdentifier, parseReference } from './reference.ts'
import { createBaselineShelf } from './sqlite-baselines.ts'

export interface LibraryOptions {
  readonly home: string
  readonly now?: () => Date
}

/** A use is written down when the last one noted is older than this: reading must not cost a write each time. */
const useGranularity = 10 * 60_000
const sweepInterval = 86_400_000

export async function openLibrary(options: LibraryOptions): Promise<ProfileLibrary> {
  const database = await openDatabase(options.home)
  const now = options.now ?? (() => new Date())
  const library = new SqliteLibrary(database, createContentFiles(options.home), now)
  await library.prune()
  return library
}

class SqliteLibrary implements ProfileLibrary {
  readonly baselines
  readonly #database: Database
  readonly #files: ContentFiles
  readonly #now: () => Date

  constructor(database: Database, files: ContentFiles, now: () => Date) {
    this.#database = database
    this.#files = files
    this.#now = now
    this.baselines = createBaselineShelf(database, now)
  }

  async add(profiles: readonly NewProfile[], options: AddOptions = {}) {
    const staged: StagedContent[] = []
    try {
      await this.#hashOldContents()
      for (const profile of profiles) staged.push(await this.#files.stage(profile.content, options.signal))
      const asBundle = options.asBundle ?? profiles.length > 1
      const ids = this.#write(() => {
        const inserted = profiles.map((profile, index) => {
          const content = staged[index]
          if (content === undefined) throw new Error('each profile was staged')
          return this.#shelve(profile, content)
        })
        if (asBundle && inserted.length > 0) this.#bundle(inserted, staged)
        return inserted
      })
      return [...new Set(ids)].map((id) => this.#record(id))
    } catch (error) {
      throw storeError(error, this.#database.name)
    } finally {
      for (const content of staged) this.#files.discard(content)
    }
  }

  async list(filter: ProfileFilter = {}) {
    const where = whereOf(filter, this.#expiryLine())
    const total = this.#database
      .prepare<unknown[], { readonly total: number }>(`SELECT COUNT(*) AS total FROM profiles ${where.sql}`)
      .get(...where.values)
    const rows = this.#database
      .prepare<unknown[], ProfileRow>(
        `${selectProfiles} ${where.sql} ORDER BY imported_at DESC, type, name, profiles.id LIMIT ? OFFSET ?`,
      )
      .all(...where.values, filter.limit ?? -1, filter.offset ?? 0)
    return { profiles: rows.map((row) => this.#toRecord(row)), total: total?.total ?? 0 }
  }

  async get(handle: string) {
    const record = this.#find(idOf(handle, 'handle'))
    if (record === undefined) throw unknown(handle)
    if (!this.#files.has(record.sha256)) {
      throw new UserError({
        code: 'NOT_FOUND',
        message: `The file of \`${handle}\` is gone from the store`,
        hint: `Import it again from ${record.origin}, or delete the handle with \`profiles.delete\`.`,
      })
    }
    return this.#use(record)
  }

  async members(bundle: string) {
    const { profiles } = await this.list({ bundle: idOf(bundle, 'bundle', 'handle') })
    if (profiles.length === 0) throw unknown(bundle)
    return profiles
  }

  async update(handle: string, changes: ProfileChanges) {
    const id = idOf(handle, 'handle')
    if (this.#find(id) === undefined) throw unknown(handle)
    const columns: [string, string | number | null][] = []
    if (changes.name !== undefined) columns.push(['name', changes.name])
    if (changes.service !== undefined) columns.push(['service', changes.service])
    if (changes.env !== undefined) columns.push(['env', changes.env])
    if (changes.type !== undefined) columns.push(['type', changes.type])
    if (changes.pinned !== undefined) {
      // Unpinned it has its seven days again.
      columns.push(['pinned', changes.pinned ? 1 : 0], ['last_used_at', this.#time()])
    }
    if (columns.length > 0) {
      const set = columns.map(([column]) => `${column} = ?`).join(', ')
      this.#write(() =>
        this.#database.prepare(`UPDATE profiles SET ${set} WHERE id = ?`).run(...columns.map(([, value]) => value), id),
      )
    }
    return this.#record(id)
  }

  async delete(reference: string) {
    const parsed = parseReference(reference)
    const single = parsed.kind === 'handle' ? this.#find(parsed.id) : undefined
    const doomed = single === undefined ? await this.members(reference) : [single]
    this.#remove(doomed.map((record) => ({ id: idOf(record.handle, 'handle'), sha256: record.sha256 })))
    return doomed
  }

  async prune() {
    try {
      const expired = this.#database
        .prepare<[string], { id: string; sha256: string }>(
          'SELECT id, sha256 FROM profiles WHERE pinned = 0 AND last_used_at < ?',
        )
        .all(this.#expiryLine())
      if (expired.length > 0) this.#remove(expired, this.#expiryLine())
      this.#sweep()
      return expired.length
    } catch (error) {
      throw storeError(error, this.#database.name)
    }
  }

  async revision() {
    return this.#state('revision')
  }

  async close() {
    this.#database.close()
  }

  /** Inside a write: the id under which the content is known from now on. */
  #shelve(profile: NewProfile, content: StagedContent): string {
    const time = this.#time()
    const takenAt = profile.takenAt == null ? null : isoTime(profile.takenAt, 'takenAt')
    const known = this.#database
      .prepare<[string, string, string], { readonly id: string; readonly sha256: string }>(
        'SELECT id, sha256 FROM profiles WHERE content = ? OR sha256 = ? ORDER BY sha256 = ? DESC LIMIT 1',
      )
      .get(content.content, content.sha256, content.sha256)
    // The file that came first stays, packed or not; only one that got lost is replaced by what is here now.
    const isLost = known === undefined || !this.#files.has(known.sha256)
    if (isLost && !this.#files.has(content.sha256)) this.#files.place(content)
    if (known !== undefined) {
      if (isLost) {
        this.#database
          .prepare('UPDATE profiles SET sha256 = ?, bytes = ? WHERE id = ?')
          .run(content.sha256, content.bytes, known.id)
      }
      this.#database
        .prepare(
          `UPDATE profiles SET last_used_at = ?, service = COALESCE(service, ?), env = COALESCE(env, ?),
             taken_at = COALESCE(taken_at, ?) WHERE id = ?`,
        )
        .run(time, profile.service ?? null, profile.env ?? null, takenAt, known.id)
      return known.id
    }
    const id = newIdentifier()
    this.#database
      .prepare(
        `INSERT INTO profiles
           (id, sha256, content, type, name, service, env, taken_at, origin, bytes, imported_at, last_used_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        content.sha256,
        content.content,
        profile.type,
        profile.name,
        profile.service ?? null,
        profile.env ?? null,
        takenAt,
        profile.origin,
        content.bytes,
        time,
        time,
      )
    return id
  }

  /** Rows of older versions: their files are read once, so that they too are found by what they unpack to. */
  async #hashOldContents(): Promise<void> {
    const rows = this.#database
      .prepare<[], { readonly id: string; readonly sha256: string }>(
        'SELECT id, sha256 FROM profiles WHERE content IS NULL',
      )
      .all()
    for (const { id, sha256 } of rows) {
      const hash = this.#files.has(sha256) ? (await contentHash(this.#files.pathOf(sha256))).content : sha256
      this.#locked(() => {
        // Two forms of one content may be there from before: both keep their handles, the second is known by its file.
        const taken = this.#database.prepare('SELECT 1 FROM profiles WHERE content = ? AND id <> ?').get(hash, id)
        const content = taken === undefined ? hash : sha256
        this.#database.prepare('UPDATE OR IGNORE profiles SET content = ? WHERE id = ?').run(content, id)
      })
    }
  }

  /** Inside a write: one bundle for each set of contents. */
  #bundle(ids: readonly string[], staged: readonly StagedContent[]): void {
    const hashOf = (hashes: readonly string[]) =>
      createHash('sha256')
        .update([...new Set(hashes)].sort().join('\n'))
        .digest('hex')
    const contents = hashOf(staged.map((each) => each.content))
    // Bundles of older versions are known by the hashes of the files as they were.
    const known = this.#database
      .prepare<[string, string], { readonly id: string }>('SELECT id FROM bundles WHERE contents IN (?, ?)')
      .get(contents, hashOf(staged.map((each) => each.sha256)))
    const bundle = known?.id ?? newIdentifier()
    if (known === undefined) {
      this.#database
        .prepare('INSERT INTO bundles (id, contents, created_at) VALUES (?, ?, ?)')
        .run(bundle, contents, this.#time())
    }
    const join = this.#database.prepare('INSERT OR IGNORE INTO bundle_members (bundle, profile) VALUES (?, ?)')
    for (const id of ids) join.run(bundle, id)
  }

  #remove(doomed: readonly { readonly id: string; readonly sha256: string }[], unlessUsedSince?: string): void {
    this.#write(() => {
      // Another process may have used one since it was looked up.
      const remove = this.#database.prepare(
        unlessUsedSince === undefined
          ? 'DELETE FROM profiles WHERE id = ?'
          : 'DELETE FROM profiles WHERE id = ? AND pinned = 0 AND last_used_at < ?',
      )
      for (const { id } of doomed) remove.run(id, ...(unlessUsedSince === undefined ? [] : [unlessUsedSince]))
      this.#database.exec('DELETE FROM bundles WHERE id NOT IN (SELECT bundle FROM bundle_members)')
    })
    this.#locked(() => {
      for (const { sha256 } of doomed) if (!this.#isKnown(sha256)) this.#files.remove(sha256)
    })
  }

  #sweep(): void {
    const time = this.#now().getTime()
    if (time - this.#state('swept_at') < sweepInterval) return
    this.#locked(() => {
      this.#files.sweep((sha256) => this.#isKnown(sha256), Date.now())
      this.#database.prepare("INSERT OR REPLACE INTO state VALUES ('swept_at', ?)").run(time)
    })
  }

  #use(record: ProfileRecord): ProfileRecord {
    if (this.#now().getTime() - Date.parse(record.lastUsedAt) < useGranularity) return record
    const id = idOf(record.handle, 'handle')
    // Whoever looks at one member of a bundle wants the others kept too.
    this.#database
      .prepare(
        `UPDATE profiles SET last_used_at = @time WHERE id = @id OR id IN (
           SELECT others.profile FROM bundle_members AS own JOIN bundle_members AS others USING (bundle)
           WHERE own.profile = @id)`,
      )
      .run({ time: this.#time(), id })
    return this.#record(id)
  }

  #find(id: string): ProfileRecord | undefined {
    const row = this.#database
      .prepare<[string, string], ProfileRow>(
        `${selectProfiles} WHERE profiles.id = ? AND (pinned = 1 OR last_used_at >= ?)`,
      )
      .get(id, this.#expiryLine())
    return row === undefined ? undefined : this.#toRecord(row)
  }

  #record(id: string): ProfileRecord {
    const record = this.#find(id)
    if (record === undefined) throw unknown(`handle:${id}`)
    return record
  }

  #toRecord(row: ProfileRow): ProfileRecord {
    return toRecord(row, this.#files.pathOf)
  }

  #isKnown(sha256: string): boolean {
    return this.#database.prepare('SELECT 1 FROM profiles WHERE sha256 = ?').get(sha256) !== undefined
  }

  #state(name: string): number {
    const row = this.#database
      .prepare<[string], { readonly value: number }>('SELECT value FROM state WHERE name = ?')
      .get(name)
    return row?.value ?? 0
  }

  /** A change that the listing shows. */
  #write<Result>(change: () => Result): Result {
    return this.#locked(() => {
      const result = change()
      this.#database.exec("UPDATE state SET value = value + 1 WHERE name = 'revision'")
      return result
    })
  }

  #locked<Result>(change: () => Result): Result {
    return this.#database.transaction(change).immediate()
  }

  #time(): string {
    return this.#now().toISOString()
  }

  #expiryLine(): string {
    return new Date(this.#now().getTime() - lifetime).toISOString()
  }
}

function idOf(text: string, ...kinds: readonly ('handle' | 'bundle')[]): string {
  const reference = parseReference(text)
  if (reference.kind === 'path' || !kinds.includes(reference.kind)) {
    throw new UserError({
      code: 'INVALID_ARGUMENT',
      message: `\`${text.slice(0, 100)}\` is not a ${kinds[0]}`,
      hint: `Give \`${kinds[0]}:<16 hex digits>\`; \`profiles.list\` shows them.`,
    })
  }
  return reference.id
}

function unknown(reference: string): UserError {
  return new UserError({
    code: 'NOT_FOUND',
    message: `\`${reference}\` is not in the store: never imported here, deleted, or unused for seven days`,
    hint: 'See `profiles.list`, or import the file again with `profiles.import`.',
    details: { received: reference },
  })
}
