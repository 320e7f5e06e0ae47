/** Baselines in SQLite: for each key and type the functions of the profiles seen so far, at most a hundred of them. */
import { z } from 'zod'
import type { Database } from '../database/open-database.ts'
import type { BaselineEntry, BaselineKey, BaselineShelf } from './library.ts'
import { isProfileType } from './profile-type.ts'

/** More history than this says nothing about today. */
export const maxHistory = 100

interface EntryRow {
  readonly sha256: string
  readonly taken_at: string | null
  readonly recorded_at: string
  readonly functions: string
  readonly per_second: number | null
}

interface KeyRow {
  readonly key: string
  readonly type: string
  readonly sample_type: string
  readonly entries: number
  readonly updated_at: string
}

type KeyValues = [string, string, string]

/** Short arrays instead of objects: a baseline holds thousands of functions. */
const storedFunctions = z.array(z.tuple([z.string(), z.number(), z.number()]))

export function createBaselineShelf(database: Database, now: () => Date): BaselineShelf {
  const select = database.prepare<KeyValues, EntryRow>(
    `SELECT sha256, taken_at, recorded_at, functions, per_second FROM baseline_entries
     WHERE key = ? AND type = ? AND sample_type = ? ORDER BY COALESCE(taken_at, recorded_at), id`,
  )
  const insert = database.prepare<[...KeyValues, string, string | null, string, string, number | null]>(
    `INSERT INTO baseline_entries (key, type, sample_type, sha256, taken_at, recorded_at, functions, per_second)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const trim = database.prepare<[...KeyValues, ...KeyValues]>(
    `DELETE FROM baseline_entries WHERE key = ? AND type = ? AND sample_type = ? AND id NOT IN (
       SELECT id FROM baseline_entries WHERE key = ? AND type = ? AND sample_type = ?
       ORDER BY COALESCE(taken_at, recorded_at) DESC, id DESC LIMIT ${maxHistory})`,
  )
  const remove = database.prepare<KeyValues>(
    'DELETE FROM baseline_entries WHERE key = ? AND type = ? AND sample_type = ?',
  )
  const keys = database.prepare<[], KeyRow>(
    `SELECT key, type, sample_type, COUNT(*) AS entries, MAX(recorded_at) AS updated_at FROM baseline_entries
     GROUP BY key, type, sample_type ORDER BY key, type, sample_type`,
  )

  return {
    async load(key) {
      return { ...key, history: select.all(...valuesOf(key)).map(toEntry) }
    },
    async list() {
      return keys.all().flatMap((row) =>
        isProfileType(row.type)
          ? [
              {
                key: row.key,
                type: row.type,
                sampleType: row.sample_type,
                entries: row.entries,
                updatedAt: row.updated_at,
              },
            ]
          : [],
      )
    },
    async record(key, entry) {
      const functions = JSON.stringify(entry.functions.map((each) => [each.name, each.flatPct, each.cumPct]))
      const values = valuesOf(key)
      return database
        .transaction(() => {
          const added =
            insert.run(...values, entry.sha256, entry.takenAt, now().toISOString(), functions, entry.perSecond)
              .changes > 0
          if (added) trim.run(...values, ...values)
          return added
        })
        .immediate()
    },
    async reset(key) {
      return remove.run(...valuesOf(key)).changes
    },
  }
}

function valuesOf(key: BaselineKey): KeyValues {
  return [key.key, key.type, key.sampleType]
}

function toEntry(row: EntryRow): BaselineEntry {
  return {
    sha256: row.sha256,
    takenAt: row.taken_at,
    recordedAt: row.recorded_at,
    functions: storedFunctions
      .parse(JSON.parse(row.functions))
      .map(([name, flatPct, cumPct]) => ({ name, flatPct, cumPct })),
    perSecond: row.per_second,
  }
}
