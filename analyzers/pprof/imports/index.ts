/**
 * Files that are not profile.proto, recognised by their content and imported into the same columns. A format is one file
 * here; the list below is the order in which they are tried.
 */
import { UserError } from '../../shared/user-error.ts'
import type { Profile } from '../profile.ts'
import { importFolded, looksFolded } from './folded.ts'
import { importContention } from './legacy/contention.ts'
import { importCpu } from './legacy/cpu.ts'
import { importGoCount } from './legacy/go-count.ts'
import { importHeap } from './legacy/heap.ts'
import { importJava, importJavaCpu } from './legacy/java.ts'
import { importThread } from './legacy/thread.ts'
import { importPerfScript, looksLikePerfScript } from './perf-script.ts'
import { importSpeedscope, looksLikeSpeedscope } from './speedscope.ts'
import { importCpuProfile, importHeapProfile, looksLikeCpuProfile, looksLikeHeapProfile } from './v8.ts'

/** JavaScript engines hold strings of about 2^29 characters; a text beyond that cannot be read in one piece. */
export const MAX_FOREIGN_BYTES = 500 * 1024 * 1024

const binaryImports: readonly ((bytes: Uint8Array) => Profile | undefined)[] = [importCpu, importJavaCpu]

const jsonImports: readonly {
  readonly matches: (json: unknown) => boolean
  readonly read: (json: unknown) => Profile
}[] = [
  { matches: looksLikeSpeedscope, read: importSpeedscope },
  { matches: looksLikeHeapProfile, read: importHeapProfile },
  { matches: looksLikeCpuProfile, read: importCpuProfile },
]

const textImports: readonly ((text: string) => Profile | undefined)[] = [
  importHeap,
  importGoCount,
  importThread,
  importContention,
  importJava,
  (text) => (looksLikePerfScript(text) ? importPerfScript(text) : undefined),
  (text) => (looksFolded(text) ? importFolded(text) : undefined),
]

/**
 * The profile in `bytes` (already inflated), or `undefined` when no format is recognised.
 * @throws UserError `PROFILE_CORRUPT` or `PROFILE_EMPTY` when a recognised format cannot be read, `TOO_LARGE` for a text
 *   that is too large to hold.
 */
export function importForeign(bytes: Uint8Array): Profile | undefined {
  for (const read of binaryImports) {
    const profile = read(bytes)
    if (profile !== undefined) return profile
  }
  if (!isText(bytes)) return undefined
  if (bytes.length > MAX_FOREIGN_BYTES) {
    throw new UserError({
      code: 'TOO_LARGE',
      message: `A text profile of ${bytes.length} bytes is too large to read`,
      hint: 'Convert it to profile.proto, which is read by chunks.',
    })
  }
  const text = new TextDecoder().decode(bytes)
  if (/^\s*\{/.test(text)) return importJson(text)
  for (const read of textImports) {
    const profile = read(text)
    if (profile !== undefined) return profile
  }
  return undefined
}

function importJson(text: string): Profile | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new UserError(
      {
        code: 'PROFILE_CORRUPT',
        message: `The file starts like JSON but is not: ${error instanceof Error ? error.message : String(error)}`,
        hint: 'It may be truncated: write it again.',
      },
      { cause: error },
    )
  }
  return jsonImports.find((format) => format.matches(json))?.read(json)
}

/**
 * Whether a file that starts like this is worth buffering for `importForeign`: text, or the zero word of a binary CPU
 * profile. profile.proto starts with neither: its first messages hold control characters, and no field has number 0.
 */
export function mayBeForeign(head: Uint8Array): boolean {
  return (head.length >= 4 && head.subarray(0, 4).every((byte) => byte === 0)) || isText(head)
}

/** Control characters other than line ends and tabs do not occur in the texts read here. */
function isText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4096)
  return head.length > 0 && head.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13)
}
