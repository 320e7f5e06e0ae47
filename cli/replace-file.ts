/** Replaces a file's content at once: whoever reads it sees the old or the new one, never half. */
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '../analyzers/shared/user-error.ts'
import { describeErrno, isErrno } from '../services/paths/path-policy.ts'

export function replaceFile(file: string, text: string): void {
  const real = realpathSync(file)
  // A file in the place of a pipe or device would break whoever else uses it.
  if (!statSync(real).isFile()) throw new UserError({ code: 'UNWRITABLE', message: 'it is not a file' })
  const next = path.join(path.dirname(real), `.${path.basename(real)}.${process.pid}`)
  try {
    writeFileSync(next, text, { flag: 'wx' })
    // Scripts are executable, and stay so.
    chmodSync(next, statSync(real).mode)
    renameSync(next, real)
  } catch (error) {
    rmSync(next, { force: true })
    if (!isErrno(error, 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EEXIST')) throw error
    throw new UserError(
      { code: 'UNWRITABLE', message: `it cannot be written: ${describeErrno(error)}` },
      { cause: error },
    )
  }
}
