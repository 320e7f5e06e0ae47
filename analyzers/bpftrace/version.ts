/**
 * Versions of bpftrace: `X.Y` or `X.Y.Z`. Parsing, comparing, and what is done with a version that the catalog does not
 * know yet.
 */
import { UserError } from '../shared/user-error.ts'

export interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
}

/** Newest version whose rules the catalog and the checker know. */
export const newestVersion: Version = { major: 0, minor: 27, patch: 1 }

/** First version of whose rules anything is known. */
export const oldestVersion: Version = { major: 0, minor: 9, patch: 0 }

/** `0.27.1`, `v0.27`, or the line that `bpftrace --version` prints; undefined for anything else. */
export function parseVersion(text: string): Version | undefined {
  const match = /^\s*(?:bpftrace\s+)?v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:[-+~][\w.+~-]*)?\s*$/.exec(text)
  if (!match) return undefined
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3] ?? 0) }
}

/** @throws UserError when the text is no version. */
export function requireVersion(text: string): Version {
  const version = parseVersion(text)
  if (version) return version
  throw new UserError({
    code: 'INVALID_ARGUMENT',
    message: `"${text}" is no bpftrace version.`,
    hint: 'Write it as X.Y or X.Y.Z, for example 0.27 or 0.17.0.',
    details: { field: 'bpftrace', received: text },
  })
}

export function formatVersion(version: Version): string {
  return `${version.major}.${version.minor}.${version.patch}`
}

/** Negative, zero or positive, as for `Array.prototype.sort`. */
export function compareVersions(left: Version, right: Version): number {
  return left.major - right.major || left.minor - right.minor || left.patch - right.patch
}

const known = new Map<string, Version>()

/** Whether `version` is `text` (`X.Y[.Z]`) or newer. */
export function atLeast(version: Version, text: string): boolean {
  let other = known.get(text)
  if (!other) {
    const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number)
    other = { major, minor, patch }
    known.set(text, other)
  }
  return compareVersions(version, other) >= 0
}

export interface JudgedVersion {
  /** What the program is judged as. */
  readonly version: Version
  /** One sentence when that is not the version that was asked for. */
  readonly notice?: string
}

/** A version newer than the catalog is judged as the newest one, with a notice; likewise one older than the oldest. */
export function judgedVersion(asked: Version): JudgedVersion {
  const nearest =
    compareVersions(asked, newestVersion) > 0 &&
    (asked.major !== newestVersion.major || asked.minor !== newestVersion.minor)
      ? newestVersion
      : compareVersions(asked, oldestVersion) < 0
        ? oldestVersion
        : undefined
  if (!nearest) return { version: asked }
  const relation = nearest === newestVersion ? 'newer' : 'older'
  return {
    version: nearest,
    notice: `bpftrace ${formatVersion(asked)} is ${relation} than anything known here; judged as ${formatVersion(nearest)}.`,
  }
}
