/**
 * Zip archives of profiles. What an archive says about itself is checked before anything is inflated: the number of
 * entries, the size of each and of all. Entry names are never used as paths.
 */
import { readFile } from 'node:fs/promises'
import { type UnzipFileInfo, unzipSync } from 'fflate'
import { UserError } from '../../analyzers/shared/user-error.ts'

export interface ArchiveLimits {
  readonly archiveBytes: number
  readonly entries: number
  readonly entryBytes: number
  readonly totalBytes: number
}

const mega = 1024 * 1024

export const archiveLimits: ArchiveLimits = {
  archiveBytes: 512 * mega,
  entries: 1000,
  entryBytes: 256 * mega,
  totalBytes: 512 * mega,
}

export interface ArchiveEntry {
  readonly name: string
  /** Size when unpacked, as the archive says; more than that is never unpacked. */
  readonly bytes: number
  read(): Uint8Array
}

/** A zip file starts with a local header, or with the end record when it is empty. */
export function looksLikeZip(start: Uint8Array): boolean {
  const isRecord = start[0] === 0x50 && start[1] === 0x4b
  return isRecord && ((start[2] === 3 && start[3] === 4) || (start[2] === 5 && start[3] === 6))
}

/** The files in an archive, in its order. @throws UserError for a damaged archive or one beyond the limits. */
export async function readArchive(
  file: string,
  size: number,
  limits: ArchiveLimits = archiveLimits,
): Promise<readonly ArchiveEntry[]> {
  if (size > limits.archiveBytes) throw tooLarge(`The archive has ${size} bytes`, limits.archiveBytes)
  const archive = await readFile(file)
  const infos: UnzipFileInfo[] = []
  let seen = 0
  unpack(archive, (info) => {
    // The archive's own count is not believed: it may claim billions of entries that are not there.
    seen += 1
    if (seen > limits.entries) throw tooLarge(`The archive has more than ${limits.entries} entries`, limits.entries)
    if (!info.name.endsWith('/')) infos.push(info)
    return false
  })
  const total = infos.reduce((sum, info) => sum + info.originalSize, 0)
  if (total > limits.totalBytes) throw tooLarge(`The archive unpacks to ${total} bytes`, limits.totalBytes)
  return infos.map((info, index) => ({
    name: info.name,
    bytes: info.originalSize,
    read: () => readEntry(archive, info, index, limits),
  }))
}

function readEntry(archive: Uint8Array, wanted: UnzipFileInfo, index: number, limits: ArchiveLimits): Uint8Array {
  if (wanted.originalSize > limits.entryBytes) {
    throw tooLarge(`\`${wanted.name}\` unpacks to ${wanted.originalSize} bytes`, limits.entryBytes)
  }
  // Two entries may have one name: the position tells them apart.
  let position = -1
  const files = unpack(archive, (info) => {
    if (!info.name.endsWith('/')) position += 1
    return position === index && !info.name.endsWith('/')
  })
  const bytes = files[wanted.name]
  if (bytes === undefined || bytes.length !== wanted.originalSize) throw damaged(`\`${wanted.name}\` is incomplete`)
  return bytes
}

function unpack(archive: Uint8Array, filter: (info: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(archive, { filter })
  } catch (error) {
    if (error instanceof UserError) throw error
    throw damaged('it is not a readable zip file', error)
  }
}

function damaged(why: string, cause?: unknown): UserError {
  return new UserError(
    { code: 'DAMAGED_FILE', message: `The archive is damaged: ${why}`, hint: 'Download or copy it again.' },
    { cause },
  )
}

function tooLarge(what: string, limit: number): UserError {
  return new UserError({
    code: 'TOO_LARGE',
    message: `${what}; the limit is ${limit}`,
    hint: 'Unpack it and import the profiles you need.',
    details: { limit },
  })
}
