/**
 * Reads a profile file: plain, gzip or zstd, of any size, by chunks from disk through the decompressor into the
 * decoder, so that neither the file nor its unpacked content is ever in memory as a whole. Limits are checked while it
 * unpacks: a small file that would fill the disk ends in an error, not in swap.
 */
import { createReadStream, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ProfileDecoder } from '../../analyzers/pprof/decode.ts'
import { importForeign, MAX_FOREIGN_BYTES, mayBeForeign } from '../../analyzers/pprof/imports/index.ts'
import type { Profile } from '../../analyzers/pprof/profile.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { decompressorFor } from './unpack.ts'

const MEGABYTE = 1024 * 1024

export interface ReadLimits {
  /** Size of the file on disk. */
  readonly maxFileBytes: number
  /** Size of its content when unpacked. */
  readonly maxUnpackedBytes: number
  /**
   * From this unpacked size on, a file that unpacks to more than `maxRatio` times its size is taken for a bomb; from a
   * quarter of it on, one that unpacks to more than twice that.
   */
  readonly bombBytes: number
  readonly maxRatio: number
}

/** Real profiles unpack to 3–20 times their size, a few seconds of one hot stack to 100 times. */
export const DEFAULT_LIMITS: ReadLimits = {
  maxFileBytes: 16 * 1024 * MEGABYTE,
  maxUnpackedBytes: 16 * 1024 * MEGABYTE,
  bombBytes: 256 * MEGABYTE,
  maxRatio: 250,
}

export interface ReadOptions {
  readonly signal?: AbortSignal
  readonly limits?: Partial<ReadLimits>
  /** Called for each piece, with the bytes of the file that have been read and that there are. */
  readonly onRead?: (readBytes: number, fileBytes: number) => void
}

/** @throws UserError on a file that is missing, too large, truncated, corrupt, or no profile. */
export async function readProfile(file: string, options: ReadOptions = {}): Promise<Profile> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const { head, stat } = await inspect(file)
  if (stat.size > limits.maxFileBytes) throw tooLarge(`The file has ${stat.size} bytes`, limits.maxFileBytes)
  const source = createReadStream(file, { highWaterMark: MEGABYTE })
  const onPiece = () => options.onRead?.(source.bytesRead, stat.size)
  return decodeStream(source, head, stat.size, limits, options.signal, onPiece)
}

/** The same for bytes in memory, for example an answer of an HTTP server. */
export async function readProfileBytes(bytes: Uint8Array, options: ReadOptions = {}): Promise<Profile> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  if (bytes.length > limits.maxFileBytes) throw tooLarge(`The profile has ${bytes.length} bytes`, limits.maxFileBytes)
  return decodeStream(Readable.from([bytes]), bytes.subarray(0, 4), bytes.length, limits, options.signal)
}

async function inspect(file: string): Promise<{ head: Uint8Array; stat: Stats }> {
  let handle: Awaited<ReturnType<typeof open>>
  try {
    handle = await open(file, 'r')
  } catch (error) {
    throw unreadable(file, error)
  }
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) {
      throw new UserError({
        code: 'INVALID_ARGUMENT',
        message: `\`${file}\` is not a file`,
        hint: 'Name a profile file; a folder can be imported with `profiles.import`.',
      })
    }
    const head = new Uint8Array(4)
    const { bytesRead } = await handle.read(head, 0, head.length, 0)
    return { head: head.subarray(0, bytesRead), stat }
  } finally {
    await handle.close()
  }
}

async function decodeStream(
  source: Readable,
  head: Uint8Array,
  fileBytes: number,
  limits: ReadLimits,
  signal: AbortSignal | undefined,
  onPiece: () => void = () => undefined,
): Promise<Profile> {
  const decoder = new ProfileDecoder()
  // Other formats than profile.proto are read in one piece: these are their chunks.
  let buffered: Uint8Array[] | undefined
  let unpacked = 0
  const consume = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of chunks) {
      if (unpacked === 0 && mayBeForeign(chunk)) buffered = []
      unpacked += chunk.length
      checkSize(unpacked, fileBytes, limits)
      if (buffered !== undefined && unpacked > MAX_FOREIGN_BYTES)
        throw tooLarge('The text profile has more', MAX_FOREIGN_BYTES)
      if (buffered === undefined) decoder.push(chunk)
      else buffered.push(chunk)
      onPiece()
    }
  }
  try {
    const unpack = unpackerFor(head)
    const options = signal === undefined ? {} : { signal }
    if (unpack === null) await pipeline(source, consume, options)
    else await pipeline(source, unpack, consume, options)
  } catch (error) {
    throw decompressionError(error, unpacked)
  }
  if (buffered === undefined) return decoder.finish()
  const content = Buffer.concat(buffered)
  const foreign = importForeign(content)
  if (foreign !== undefined) return foreign
  throw new UserError({
    code: 'NOT_A_PROFILE',
    message: 'This is neither a pprof profile nor any other format that is read here',
    hint: 'Read are profile.proto, legacy pprof, folded stacks, speedscope, V8 .cpuprofile and .heapprofile, `perf script`.',
  })
}

function unpackerFor(head: Uint8Array): Transform | null {
  if (head[0] === 0x50 && head[1] === 0x4b) {
    throw new UserError({
      code: 'NOT_A_PROFILE',
      message: 'This is a zip archive, not a profile.',
      hint: 'Import it with `profiles.import` and use the handles of its members.',
    })
  }
  return decompressorFor(head)
}

function checkSize(unpacked: number, fileBytes: number, limits: ReadLimits): void {
  if (unpacked > limits.maxUnpackedBytes) {
    throw tooLarge('The profile unpacks to more', limits.maxUnpackedBytes)
  }
  const ratio = unpacked > limits.bombBytes ? limits.maxRatio : limits.maxRatio * 2
  if (unpacked > limits.bombBytes / 4 && unpacked > fileBytes * ratio) {
    throw tooLarge(`The file of ${fileBytes} bytes unpacks to over ${unpacked} bytes`, fileBytes * ratio)
  }
}

function tooLarge(what: string, limit: number): UserError {
  return new UserError({
    code: 'PROFILE_TOO_LARGE',
    message: `${what}; the limit is ${limit} bytes.`,
    hint: 'Take a shorter profile. If it is really that big, unpack it first: plain files have no ratio limit.',
    details: { limit },
  })
}

function unreadable(file: string, error: unknown): unknown {
  const code = errorCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new UserError(
      {
        code: 'NOT_FOUND',
        message: `There is no file \`${file}\``,
        hint: 'Check the path, or list handles with `profiles.list`.',
      },
      { cause: error },
    )
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new UserError({ code: 'NOT_READABLE', message: `\`${file}\` may not be read` }, { cause: error })
  }
  return error
}

function decompressionError(error: unknown, unpacked: number): unknown {
  const code = errorCode(error) ?? ''
  const isTruncated =
    code === 'Z_BUF_ERROR' || /unexpected end|truncated/i.test(error instanceof Error ? error.message : '')
  if (isTruncated) {
    return new UserError(
      {
        code: 'PROFILE_TRUNCATED',
        message: `The profile is truncated: its compressed data ends early, after ${unpacked} unpacked bytes.`,
        hint: 'Capture or download it again.',
      },
      { cause: error },
    )
  }
  if (/^(Z_|ZSTD_|ERR_ZSTD)/.test(code)) {
    return new UserError(
      {
        code: 'PROFILE_CORRUPT',
        message: `The profile is corrupt: its compressed data cannot be unpacked (${code}) after ${unpacked} bytes.`,
        hint: 'Capture or download it again.',
      },
      { cause: error },
    )
  }
  return error
}

function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
