/** A folder with all that lead to it. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { isErrno } from './path-policy.ts'

/**
 * Node's own recursive `mkdir` never returns where the parent is there and says all the same that it is not, as in
 * `/proc`. @throws the error of the file system
 */
export function makeFolders(folder: string, mode = 0o777): void {
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    if (isErrno(error, 'EEXIST') && statSync(folder).isDirectory()) return
    const parent = path.dirname(folder)
    if (!isErrno(error, 'ENOENT') || existsSync(parent)) throw error
    makeFolders(parent, mode)
    makeFolders(folder, mode)
  }
}
