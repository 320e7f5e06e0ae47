/**
 * The rows of the profile tables and what they mean: from a row to a record, from a filter to a WHERE clause. SQL text is
 * made here from fixed parts only; whatever a caller gives is bound.
 */
import { UserError } from '../../analyzers/shared/user-error.ts'
import type { ProfileFilter, ProfileRecord } from './library.ts'
import { isProfileType } from './profile-type.ts'

export interface ProfileRow {
  readonly id: string
  readonly sha256: string
  /** null in rows of older versions that have not been read again. */
  readonly content: string | null
  readonly type: string
  readonly name: string
  readonly service: string | null
  readonly env: string | null
  readonly taken_at: string | null
  readonly origin: string
  readonly bytes: number
  readonly pinned: number
  readonly imported_at: string
  readonly last_used_at: string
  /** Id of the newest bundle that has it. */
  readonly bundle: string | null
}

const day = 86_400_000
export const lifetime = 7 * day

export const selectProfiles = `
  SELECT profiles.*, (
    SELECT bundles.id FROM bundle_members JOIN bundles ON bundles.id = bundle_members.bundle
    WHERE bundle_members.profile = profiles.id ORDER BY bundles.created_at DESC, bundles.id LIMIT 1
  ) AS bundle
  FROM profiles`

export function toRecord(row: ProfileRow, pathOf: (sha256: string) => string): ProfileRecord {
  const pinned = row.pinned !== 0
  return {
    handle: `handle:${row.id}`,
    bundle: row.bundle === null ? null : `bundle:${row.bundle}`,
    type: isProfileType(row.type) ? row.type : 'unknown',
    name: row.name,
    service: row.service,
    env: row.env,
    takenAt: row.taken_at,
    origin: row.origin,
    bytes: row.bytes,
    sha256: row.sha256,
    contentSha256: row.content ?? row.sha256,
    pinned,
    importedAt: row.imported_at,
    lastUsedAt: row.last_used_at,
    expiresAt: pinned ? null : new Date(Date.parse(row.last_used_at) + lifetime).toISOString(),
    path: pathOf(row.sha256),
  }
}

export interface Where {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/** Profiles unused since `expiredBefore` are left out even before they are pruned. */
export function whereOf(filter: ProfileFilter, expiredBefore: string): Where {
  const conditions = ['(pinned = 1 OR last_used_at >= ?)']
  const values: (string | number)[] = [expiredBefore]
  const add = (sql: string, ...bound: readonly (string | number)[]) => {
    conditions.push(sql)
    values.push(...bound)
  }
  if (filter.service !== undefined) add('service = ?', filter.service)
  if (filter.env !== undefined) add('env = ?', filter.env)
  if (filter.type !== undefined) add('type = ?', filter.type)
  if (filter.pinned !== undefined) add('pinned = ?', filter.pinned ? 1 : 0)
  if (filter.since !== undefined) add('COALESCE(taken_at, imported_at) >= ?', isoTime(filter.since, 'since'))
  if (filter.until !== undefined) add('COALESCE(taken_at, imported_at) <= ?', isoTime(filter.until, 'until'))
  if (filter.bundle !== undefined) {
    const id = filter.bundle.replace(/^(bundle|handle):/, '')
    add('profiles.id IN (SELECT profile FROM bundle_members WHERE bundle = ?)', id)
  }
  if (filter.text !== undefined) {
    const pattern = `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`
    add(
      `(name || char(10) || COALESCE(service, '') || char(10) || COALESCE(env, '') || char(10) || origin)
       LIKE ? ESCAPE '\\'`,
      pattern,
    )
  }
  return { sql: `WHERE ${conditions.join(' AND ')}`, values }
}

/** The same moment in the one spelling that compares as text. */
export function isoTime(text: string, field: string): string {
  const time = Date.parse(text)
  if (Number.isNaN(time)) {
    throw new UserError({
      code: 'INVALID_ARGUMENT',
      message: `\`${field}\` is not a time`,
      hint: 'Give ISO 8601, such as 2026-01-31T12:00:00Z.',
      details: { field, received: text.slice(0, 100) },
    })
  }
  return new Date(time).toISOString()
}
