/**
 * Which files a caller may name. Without a base directory every path is allowed; with one, only what lies inside it
 * after all symbolic links are followed. Relative paths start at the base directory, else at the working directory.
 */
import { lstatSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '../../analyzers/shared/user-error.ts'

export interface PathPolicy {
  readonly baseDir: string | undefined
  /** The real path of an existing file or folder. @throws UserError `NOT_FOUND` or `OUTSIDE_BASE_DIR` */
  existing(given: string): string
  /** The real path a new file would have: its nearest existing parent is resolved. @throws UserError as above */
  output(given: string): string
}

export function createPathPolicy(baseDir: string | undefined): PathPolicy {
  const base = baseDir === undefined ? undefined : realBase(baseDir)
  const start = base ?? process.cwd()

  function inside(real: string, given: string): string {
    if (base !== undefined && !contains(base, real)) {
      throw new UserError({
        code: 'OUTSIDE_BASE_DIR',
        message: `\`${given}\` is outside the base directory`,
        hint: `Give a path below ${base}, or a handle.`,
        details: { expected: `a path inside ${base}`, received: given },
      })
    }
    return real
  }

  return {
    baseDir: base,
    existing(given) {
      const absolute = path.resolve(start, checkText(given))
      const real = realPathOf(absolute)
      // Outside the base directory existence is not told either.
      if (real === undefined) {
        inside(resolveMissing(absolute), given)
        throw new UserError({
          code: 'NOT_FOUND',
          message: `There is no file \`${given}\``,
          hint: path.isAbsolute(given) ? 'Check the path.' : `Relative paths start at ${start}.`,
          details: { path: absolute },
        })
      }
      return inside(real, given)
    },
    output(given) {
      const absolute = path.resolve(start, checkText(given))
      return inside(realPathOf(absolute) ?? resolveMissing(absolute), given)
    },
  }
}

function realBase(baseDir: string): string {
  const real = realPathOf(path.resolve(baseDir))
  if (real === undefined) {
    throw new UserError({ code: 'NOT_FOUND', message: `The base directory \`${baseDir}\` does not exist` })
  }
  return real
}

function contains(base: string, candidate: string): boolean {
  const relative = path.relative(base, candidate)
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)
}

/** The real path of something whose last parts do not exist yet; a dangling link counts as its target. */
function resolveMissing(absolute: string): string {
  const parent = path.dirname(absolute)
  if (parent === absolute) return absolute
  if (isLink(absolute)) {
    throw new UserError({ code: 'NOT_FOUND', message: `\`${absolute}\` is a link to something that does not exist` })
  }
  return path.join(realPathOf(parent) ?? resolveMissing(parent), path.basename(absolute))
}

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

function realPathOf(absolute: string): string | undefined {
  try {
    return realpathSync.native(absolute)
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    if (isErrno(error, 'ELOOP', 'EACCES', 'EPERM', 'ENAMETOOLONG')) {
      throw new UserError(
        { code: 'UNREADABLE', message: `\`${absolute}\` cannot be reached: ${describeErrno(error)}` },
        { cause: error },
      )
    }
    throw error
  }
}

export function isErrno(error: unknown, ...codes: readonly string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
}

/** The errno name in words a person knows; the name itself where there are none. */
export function describeErrno(error: NodeJS.ErrnoException): string {
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    ELOOP: 'too many symbolic links',
    ENAMETOOLONG: 'the name is too long',
    EEXIST: 'something else is in its place',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of the path is not a folder',
    ENOSPC: 'no space is left on the device',
    EROFS: 'the file system is read-only',
  }
  return words[error.code ?? ''] ?? error.code ?? error.message
}

function checkText(given: string): string {
  if (given === '' || given.includes('\0')) {
    throw new UserError({ code: 'INVALID_ARGUMENT', message: 'A path is empty or has a NUL character in it' })
  }
  return given
}
