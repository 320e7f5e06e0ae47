/**
 * The file that a kernel's facts travel in: a JSON header and three parts, each compressed for itself: the BTF as the
 * kernel has it, the tracepoint formats, and the functions that BTF does not list or that cannot be traced.
 */
import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'
import { z } from 'zod'
import { UserError } from '../../analyzers/shared/user-error.ts'

const part = z.object({ bytes: z.int().nonnegative(), rawBytes: z.int().nonnegative() })
const header = z.object({
  format: z.literal(1),
  /** Release such as `6.18.44`. */
  kernel: z.string(),
  /** As `uname -m` says it. */
  machine: z.string(),
  types: part,
  tracepoints: part,
  functions: part,
})

export interface KernelSnapshot {
  readonly kernel: string
  readonly machine: string
  readonly btf: Uint8Array
  /** See `packTracepoint`. */
  readonly tracepoints: string
  /** One a line: `+name` beyond the functions of BTF, `-name` one of them that no probe can name. */
  readonly functions: string
}

const MAGIC = 'tracewright-kernel\n'
/** No kernel's facts are larger; more is a broken or hostile file. */
const MOST_BYTES = 256 * 1024 * 1024
const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)

export async function packSnapshot(snapshot: KernelSnapshot): Promise<Uint8Array> {
  const raw = [snapshot.btf, Buffer.from(snapshot.tracepoints), Buffer.from(snapshot.functions)] as const
  const parts = await Promise.all(
    raw.map((bytes) =>
      compress(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
        },
      }),
    ),
  )
  const [types, tracepoints, functions] = parts.map((bytes, index) => {
    return { bytes: bytes.length, rawBytes: raw[index]?.byteLength ?? 0 }
  })
  const head = header.parse({
    format: 1,
    kernel: snapshot.kernel,
    machine: snapshot.machine,
    types,
    tracepoints,
    functions,
  })
  return Buffer.concat([Buffer.from(`${MAGIC}${JSON.stringify(head)}\n`), ...parts])
}

/** @throws UserError when the bytes are no snapshot. */
export async function unpackSnapshot(bytes: Uint8Array): Promise<KernelSnapshot> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headEnd = file.indexOf('\n', MAGIC.length)
  if (file.toString('latin1', 0, MAGIC.length) !== MAGIC || headEnd < 0) throw notASnapshot('its first line is another')
  const head = header.safeParse(parseJson(file.toString('utf8', MAGIC.length, headEnd)))
  if (!head.success) throw notASnapshot('its header cannot be read')
  const { kernel, machine, types, tracepoints, functions } = head.data
  const starts = [headEnd + 1, headEnd + 1 + types.bytes, headEnd + 1 + types.bytes + tracepoints.bytes] as const
  const [btf, tracepointText, functionText] = await Promise.all([
    unpackPart(file, starts[0], types),
    unpackPart(file, starts[1], tracepoints),
    unpackPart(file, starts[2], functions),
  ])
  return {
    kernel,
    machine,
    btf,
    tracepoints: tracepointText.toString('utf8'),
    functions: functionText.toString('utf8'),
  }
}

async function unpackPart(file: Buffer, start: number, { bytes, rawBytes }: z.infer<typeof part>): Promise<Buffer> {
  if (rawBytes > MOST_BYTES) throw notASnapshot('it says that it is too large')
  try {
    return await decompress(file.subarray(start, start + bytes), { maxOutputLength: Math.max(rawBytes, 1) })
  } catch (error) {
    throw notASnapshot(error instanceof Error ? error.message : String(error))
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function notASnapshot(why: string): UserError {
  return new UserError({ code: 'INVALID_SNAPSHOT', message: `This is not a kernel snapshot of Tracewright: ${why}.` })
}
