/**
 * The files beside the database, each named by the hash of its content and never changed. A file is complete under its
 * final name or not there: it is written under another name, synced and renamed, so that a crash leaves at most a
 * temporary file, which a later start sweeps away.
 */
import { randomBytes } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'
import { makeFolders } from '../paths/make-folders.ts'
import { ContentHasher } from '../profiles/content-hash.ts'

export interface StagedContent {
  readonly sha256: string
  /** Hash of what the bytes unpack to. */
  readonly content: string
  readonly bytes: number
  /** The temporary file, on the same file system as the final one. */
  readonly file: string
}

export interface ContentFiles {
  /** Copies content beside the store without giving it its name. Follow with `place` or `discard`. */
  stage(
    content: { readonly path: string } | { readonly bytes: Uint8Array },
    signal?: AbortSignal,
  ): Promise<StagedContent>
  /** Gives staged content its name. Call it inside the write transaction that makes the content known. */
  place(staged: StagedContent): void
  discard(staged: StagedContent): void
  pathOf(sha256: string): string
  has(sha256: string): boolean
  remove(sha256: string): void
  /** Removes temporary files of processes that died, and files older than an hour which nobody knows. */
  sweep(isKnown: (sha256: string) => boolean, now: number): void
}

const sweepAge = 3_600_000

export function createContentFiles(home: string): ContentFiles {
  const root = path.join(home, 'profiles')
  const staging = path.join(home, 'staging')

  const pathOf = (sha256: string) => path.join(root, sha256.slice(0, 2), sha256)

  return {
    pathOf,
    has: (sha256) => existsSync(pathOf(sha256)),
    async stage(content, signal) {
      makeFolders(staging, 0o700)
      const file = path.join(staging, randomBytes(12).toString('hex'))
      const hasher = new ContentHasher()
      let bytes = 0
      const handle = await open(file, 'wx', 0o600)
      try {
        for await (const chunk of chunksOf(content)) {
          signal?.throwIfAborted()
          await hasher.write(chunk)
          bytes += chunk.length
          await writeAll(handle, chunk)
        }
        await handle.sync()
      } catch (error) {
        rmSync(file, { force: true })
        throw error
      } finally {
        await handle.close()
      }
      return { ...(await hasher.finish()), bytes, file }
    },
    place(staged) {
      const target = pathOf(staged.sha256)
      makeFolders(path.dirname(target), 0o700)
      renameSync(staged.file, target)
    },
    discard: (staged) => rmSync(staged.file, { force: true }),
    remove: (sha256) => rmSync(pathOf(sha256), { force: true }),
    sweep(isKnown, now) {
      const isOld = (file: string) => now - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? now) > sweepAge
      for (const name of namesIn(staging)) {
        const file = path.join(staging, name)
        if (isOld(file)) rmSync(file, { force: true })
      }
      for (const folder of namesIn(root)) {
        for (const name of namesIn(path.join(root, folder))) {
          const file = path.join(root, folder, name)
          if (!isKnown(name) && isOld(file)) rmSync(file, { force: true })
        }
      }
    },
  }
}

async function* chunksOf(content: { readonly path: string } | { readonly bytes: Uint8Array }) {
  if ('bytes' in content) {
    yield content.bytes
    return
  }
  for await (const chunk of createReadStream(content.path, { highWaterMark: 1024 * 1024 })) {
    // A stream without an encoding yields buffers; the types leave it open.
    if (chunk instanceof Uint8Array) yield chunk
  }
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0
  while (written < chunk.length) {
    written += (await handle.write(chunk, written)).bytesWritten
  }
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}
