/** How a stored profile looks in a result: one schema and one conversion for every tool that gives handles. */
import { z } from 'zod'
import type { ProfileRecord } from '../../services/profiles/library.ts'
import { profileTypes } from '../../services/profiles/profile-type.ts'
import { cell, table } from './markdown.ts'

export const profileRecord = z.object({
  handle: z.string().describe('`handle:<16 hex>`, accepted wherever a profile is'),
  bundle: z.string().nullable().describe('`bundle:<16 hex>` of the profiles it came with; null for a single file'),
  type: z.enum(profileTypes).describe('What was profiled'),
  name: z.string().describe('Its name, for people'),
  service: z.string().nullable().describe('The service it was taken from, where known'),
  env: z.string().nullable().describe('The environment it was taken in, where known'),
  taken_at: z.string().nullable().describe('When it was taken, ISO 8601, where known'),
  origin: z.string().describe('The path or URL it came from'),
  bytes: z.number().int().describe('Size of the stored file'),
  sha256: z.string().describe('Hash of the stored file'),
  content_sha256: z.string().describe('Hash of its unpacked content: the same packed and plain'),
  pinned: z.boolean().describe('Kept until it is deleted'),
  imported_at: z.string().describe('When it came into the store'),
  last_used_at: z.string().describe('Its last use, to within ten minutes'),
  expires_at: z.string().nullable().describe('When it goes unless it is used again; null while pinned'),
})

export function toResult(record: ProfileRecord): z.input<typeof profileRecord> {
  return {
    handle: record.handle,
    bundle: record.bundle,
    type: record.type,
    name: record.name,
    service: record.service,
    env: record.env,
    taken_at: record.takenAt,
    origin: record.origin,
    bytes: record.bytes,
    sha256: record.sha256,
    content_sha256: record.contentSha256,
    pinned: record.pinned,
    imported_at: record.importedAt,
    last_used_at: record.lastUsedAt,
    expires_at: record.expiresAt,
  }
}

export function recordTable(records: readonly z.output<typeof profileRecord>[]): string {
  return table(
    ['Handle', 'Type', 'Name', 'Service', 'Taken', 'Bytes', 'Bundle'],
    records.map((record) => [
      record.handle,
      record.type,
      cell(record.pinned ? `${record.name} (pinned)` : record.name),
      cell([record.service, record.env].filter((part) => part !== null).join(':')),
      record.taken_at ?? '',
      String(record.bytes),
      record.bundle ?? '',
    ]),
  )
}
