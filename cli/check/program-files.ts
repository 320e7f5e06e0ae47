/** Reading the programs that are checked, and the files they import or include, each within a bound. */
import { createReadStream, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { describeErrno, isErrno } from '../../services/paths/path-policy.ts'
import { type Io, readAll } from '../command.ts'

const maxBytes = 16 * 1024 * 1024

/** @throws UserError when the file cannot be read. */
export async function readProgram(file: string, io: Io): Promise<string> {
  if (file === '-') return readAll(io, maxBytes)
  try {
    const stat = statSync(file)
    if (stat.isDirectory()) throw unreadable(file, 'it is a folder')
    if (stat.size > maxBytes) throw unreadable(file, `it has more than ${maxBytes} bytes`)
    return decode(stat.isFile() ? readFileSync(file) : await readPipe(file))
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG', 'EIO')) {
      throw unreadable(file, describeErrno(error))
    }
    throw error
  }
}

/** A pipe or device says no size beforehand, and may have no end. */
async function readPipe(file: string): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of createReadStream(file)) {
    chunks.push(chunk)
    length += chunk.length
    if (length > maxBytes) throw unreadable(file, `it has more than ${maxBytes} bytes`)
  }
  return Buffer.concat(chunks)
}

/** How a program of `file` finds what it names: beside itself, then in the include folders. */
export function fileReader(file: string, includeDirs: readonly string[]): (name: string) => string | undefined {
  const folders = [file === '-' ? '.' : path.dirname(file), ...includeDirs]
  return (name) => {
    for (const folder of folders) {
      const candidate = path.resolve(folder, name)
      const stat = statSync(candidate, { throwIfNoEntry: false })
      if (stat?.isFile() && stat.size <= maxBytes) return decode(readFileSync(candidate))
    }
    return undefined
  }
}

/** A byte order mark stays: the compiler trips over it, and columns count it. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

function unreadable(file: string, why: string): UserError {
  return new UserError({ code: 'UNREADABLE', message: `'${file}' cannot be read: ${why}` })
}
