/**
 * Where an export goes: into a file when `output_path` is given, else into the result, as long as it is short enough to
 * be read there.
 */
import { z } from 'zod'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { writePieces } from '../../services/profiles/write-profile.ts'
import type { ToolContext } from '../context.ts'
import type { RunOptions } from '../tool.ts'
import { code } from './markdown.ts'

/** What a model or a person may still want to see in an answer. */
const MAX_CONTENT_BYTES = 1024 * 1024

export const outputPathField = z
  .string()
  .min(1)
  .optional()
  .describe('File to write; else the result has the content, up to 1 MB')

/** Spread into the output of a tool that exports. */
export const exportResult = {
  format: z.string().describe('What was written'),
  path: z.string().optional().describe('The file, when output_path was given'),
  content: z.string().optional().describe('The content, when no output_path was given'),
  encoding: z.enum(['utf-8', 'base64']).optional().describe('How `content` is written'),
  bytes: z.int().describe('Size of what was written'),
  notes: z.array(z.string()).describe('What the reader should know, e.g. why it is empty'),
} as const

export interface Export {
  readonly format: string
  readonly pieces: Iterable<string | Uint8Array>
  /** Bytes that are no text; gzipped in a file. */
  readonly isBinary?: boolean
  readonly notes: readonly string[]
}

export interface Exported {
  readonly format: string
  readonly path?: string | undefined
  readonly content?: string | undefined
  readonly encoding?: 'utf-8' | 'base64' | undefined
  readonly bytes: number
  readonly notes: readonly string[]
}

export async function deliver(
  context: ToolContext,
  outputPath: string | undefined,
  what: Export,
  options: Pick<RunOptions, 'signal'>,
): Promise<Exported> {
  const { format, notes } = what
  if (outputPath !== undefined) {
    const file = context.paths.output(outputPath)
    const bytes = await writePieces(file, what.pieces, { gzip: what.isBinary === true, signal: options.signal })
    return { format, path: file, bytes, notes }
  }
  const texts: string[] = []
  const binary: Buffer[] = []
  let bytes = 0
  for (const piece of what.pieces) {
    bytes += Buffer.byteLength(piece)
    if (bytes > MAX_CONTENT_BYTES) throw tooLong(format)
    // Text is not turned into bytes and back: an answer consists of thousands of short pieces.
    if (what.isBinary === true) binary.push(Buffer.from(piece))
    else texts.push(typeof piece === 'string' ? piece : Buffer.from(piece).toString())
  }
  if (what.isBinary !== true) return { format, content: texts.join(''), encoding: 'utf-8', bytes, notes }
  return { format, content: Buffer.concat(binary).toString('base64'), encoding: 'base64', bytes, notes }
}

function tooLong(format: string): UserError {
  return new UserError({
    code: 'TOO_LARGE',
    message: `The ${format} output is longer than ${MAX_CONTENT_BYTES} bytes, too much for a result.`,
    hint: 'Give `output_path` to have it written to a file, or narrow the view with focus.',
    details: { field: 'output_path' },
  })
}

export function exportText(result: Exported): string {
  const where = result.path === undefined ? `in \`content\` (${result.encoding})` : `in ${code(result.path, 400)}`
  const notes = result.notes.map((note) => `\n\n> ${note}`).join('')
  return `${result.format}, ${result.bytes} bytes, ${where}.${notes}`
}
