/** Which compressed form a file has, by its first bytes, and the stream that unpacks it. */
import type { Transform } from 'node:stream'
import { constants, createGunzip, createZstdDecompress } from 'node:zlib'

/** Small enough that the first is read while the next is unpacked, large enough that handing over costs nothing. */
const CHUNK = 128 * 1024

/** null for bytes that are not compressed. */
export function decompressorFor(head: Uint8Array): Transform | null {
  if (head[0] === 0x1f && head[1] === 0x8b) return createGunzip({ chunkSize: CHUNK })
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) {
    // A window of 2^27 bytes is what the format's own tools accept unasked; more would let a file claim gigabytes.
    return createZstdDecompress({ chunkSize: CHUNK, params: { [constants.ZSTD_d_windowLogMax]: 27 } })
  }
  return null
}
