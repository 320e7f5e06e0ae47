/**
 * The hash by which the library knows a content: that of the unpacked bytes, so that a profile and its compressed form
 * are one. What cannot be unpacked, or unpacks to more than any profile, is known by its bytes as they are.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Transform } from 'node:stream'
import { decompressorFor } from './unpack.ts'

/** Both hashes of a content: of its bytes as they are, and of what they unpack to. */
export interface ContentHashes {
  readonly sha256: string
  readonly content: string
}

/** As for reading: what is beyond has been refused before it comes here, or is a bomb. */
const MAX_UNPACKED_BYTES = 16 * 1024 ** 3
const BOMB_BYTES = 256 * 1024 ** 2
const MAX_RATIO = 250

/** Takes the bytes of a file piece by piece. */
export class ContentHasher {
  readonly #file = createHash('sha256')
  readonly #unpacked = createHash('sha256')
  #unpack: Transform | null | undefined
  #failed = false
  #read = 0
  #size = 0

  async write(chunk: Uint8Array): Promise<void> {
    this.#file.update(chunk)
    this.#read += chunk.length
    if (this.#unpack === undefined) this.#unpack = this.#start(chunk)
    const unpack = this.#unpack
    if (unpack === null || this.#failed) return
    if (!unpack.write(chunk)) await this.#settled('drain')
  }

  async finish(): Promise<ContentHashes> {
    const sha256 = this.#file.digest('hex')
    const unpack = this.#unpack
    if (unpack != null && !this.#failed) {
      unpack.end()
      await this.#settled('end')
    }
    const isUnpacked = unpack != null && !this.#failed
    return { sha256, content: isUnpacked ? this.#unpacked.digest('hex') : sha256 }
  }

  #start(head: Uint8Array): Transform | null {
    const unpack = decompressorFor(head)
    unpack?.on('data', (piece: Uint8Array) => {
      this.#size += piece.length
      this.#unpacked.update(piece)
      const isBomb = this.#size > BOMB_BYTES && this.#size > this.#read * MAX_RATIO
      if (this.#size > MAX_UNPACKED_BYTES || isBomb) unpack.destroy(new Error('too large'))
    })
    unpack?.on('error', () => {
      this.#failed = true
    })
    return unpack
  }

  /** Until the event, or until it has failed and no event will come. */
  #settled(event: 'drain' | 'end'): Promise<void> {
    const unpack = this.#unpack
    return new Promise((resolve) => {
      if (unpack == null || this.#failed || unpack.destroyed) resolve()
      else {
        const done = () => {
          unpack.off(event, done)
          unpack.off('close', done)
          resolve()
        }
        unpack.on(event, done)
        unpack.on('close', done)
      }
    })
  }
}

export async function contentHash(file: string, signal?: AbortSignal): Promise<ContentHashes> {
  const hasher = new ContentHasher()
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    signal?.throwIfAborted()
    // A stream without an encoding yields buffers; the types leave it open.
    if (chunk instanceof Uint8Array) await hasher.write(chunk)
  }
  return hasher.finish()
}
