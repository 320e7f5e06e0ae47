/**
 * Writes what an export yields to a file, piece by piece: under another name first and then renamed, so that a crash or
 * a full disk never leaves half a file under the name that was asked for.
 */
import { randomBytes } from 'node:crypto'
import { createWriteStream, type Stats, type WriteStream } from 'node:fs'
import { chmod, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync } from 'node:zlib'
import { encodePprof } from '../../analyzers/pprof/formats/pprof.ts'
import type { Profile } from '../../analyzers/pprof/profile.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { makeFolders } from '../paths/make-folders.ts'

export interface WriteOptions {
  readonly gzip?: boolean
  readonly signal?: AbortSignal
}

/** Returns the size of the file. @throws UserError when the file cannot be written. */
export async function writePieces(
  file: string,
  pieces: Iterable<string | Uint8Array>,
  options: WriteOptions = {},
): Promise<number> {
  const staged = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}`)
  try {
    const before = await existing(file)
    // A pipe or a device is written to; a file in its place would break whoever else uses it.
    if (before !== undefined && !before.isFile()) return await writeStream(createWriteStream(file), pieces, options)
    makeFolders(path.dirname(file))
    const bytes = await writeStream(createWriteStream(staged, { flags: 'wx' }), pieces, options)
    if (before !== undefined) await chmod(staged, before.mode)
    await rename(staged, file)
    return bytes
  } catch (error) {
    await rm(staged, { force: true })
    throw unwritable(file, error)
  }
}

async function existing(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function writeStream(
  target: WriteStream,
  pieces: Iterable<string | Uint8Array>,
  { gzip, signal }: WriteOptions,
): Promise<number> {
  const source = Readable.from(pieces)
  const abort = signal === undefined ? {} : { signal }
  if (gzip === true) await pipeline(source, createGzip(), target, abort)
  else await pipeline(source, target, abort)
  return target.bytesWritten
}

/** A profile as gzipped profile.proto, in memory. */
export function pprofBytes(profile: Profile): Uint8Array {
  return gzipSync(Buffer.concat([...encodePprof(profile)]))
}

function unwritable(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (
    ![
      'EACCES',
      'EPERM',
      'EROFS',
      'ENOSPC',
      'EDQUOT',
      'EFBIG',
      'EIO',
      'EPIPE',
      'ENXIO',
      'EISDIR',
      'ENOTDIR',
      'ENOENT',
      'EEXIST',
      'ENAMETOOLONG',
    ].includes(code)
  ) {
    return error
  }
  return new UserError(
    {
      code: 'NOT_WRITABLE',
      message: `\`${file}\` cannot be written (${code}).`,
      hint: 'Choose another output_path.',
      details: { field: 'output_path' },
    },
    { cause: error },
  )
}
