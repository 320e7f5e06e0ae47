/**
 * The only place that touches SQLite: opens the shared database for one process among several, brings its schema up to
 * date, and turns what can go wrong with the file into errors that a person can act on. Queries live with the service
 * that owns their tables.
 */
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { makeFolders } from '../paths/make-folders.ts'
import { describeErrno, isErrno } from '../paths/path-policy.ts'
import { migrations } from './migrations.ts'

export type { Database } from 'better-sqlite3'

const fileName = 'tracewright.db'

/** How long a process waits for another one's write, in milliseconds. Writes take a few of them. */
const busyTimeout = 10_000

/** better-sqlite3 13 crashes an older Node instead of throwing, so this comes before it is loaded. */
export function checkRuntime(versions: NodeJS.ProcessVersions = process.versions): void {
  if (Number(versions.napi ?? 0) >= 10) return
  throw new UserError({
    code: 'UNSUPPORTED_RUNTIME',
    message: `The store needs Node 22.14 or newer; this is Node ${versions.node}`,
    hint: 'Start Tracewright with a newer Node.',
  })
}

export async function openDatabase(home: string): Promise<Database> {
  checkRuntime()
  const file = path.join(home, fileName)
  const { default: Sqlite } = await loadSqlite()
  makeFolder(home)
  try {
    const database = new Sqlite(file, { timeout: busyTimeout })
    try {
      configure(database)
      migrate(database)
      return database
    } catch (error) {
      database.close()
      throw error
    }
  } catch (error) {
    throw storeError(error, file)
  }
}

/** Profiles and traces hold other people's data: nobody else may read them. */
function makeFolder(home: string): void {
  try {
    makeFolders(home, 0o700)
  } catch (error) {
    if (!isErrno(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENOSPC')) throw error
    throw new UserError(
      {
        code: 'STORE_UNWRITABLE',
        message: `The store's folder \`${home}\` cannot be made: ${describeErrno(error)}`,
        hint: 'Set TRACEWRIGHT_HOME to a folder of your own.',
      },
      { cause: error },
    )
  }
}

async function loadSqlite() {
  try {
    return await import('better-sqlite3')
  } catch (error) {
    throw new UserError(
      {
        code: 'STORE_UNAVAILABLE',
        message: `The SQLite library cannot be loaded on ${process.platform}-${process.arch}`,
        hint: 'Install the Tracewright package of this platform.',
        details: { reason: error instanceof Error ? error.message : String(error) },
      },
      { cause: error },
    )
  }
}

function configure(database: Database): void {
  database.pragma('journal_mode = WAL')
  // In WAL mode a crash of the process loses nothing at NORMAL, a power cut at most the last transactions.
  database.pragma('synchronous = NORMAL')
  database.pragma('foreign_keys = ON')
}

/** Processes that start at once queue for the write lock; whoever comes second finds the work done. */
export function migrate(database: Database, steps: readonly string[] = migrations): void {
  if (schemaVersion(database) === steps.length) return
  database
    .transaction(() => {
      const version = schemaVersion(database)
      if (version > steps.length) {
        throw new UserError({
          code: 'STORE_TOO_NEW',
          message: `The store was written by a newer Tracewright (schema ${version}, this one knows ${steps.length})`,
          hint: 'Update Tracewright, or set TRACEWRIGHT_HOME to another folder.',
        })
      }
      for (const step of steps.slice(version)) database.exec(step)
      database.pragma(`user_version = ${steps.length}`)
    })
    .immediate()
}

function schemaVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }))
}

/** What SQLite and the file system say, in words; anything unknown stays as it is, a bug. */
const explanations: readonly (readonly [RegExp, string, string, string, boolean])[] = [
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    'STORE_DAMAGED',
    'is damaged',
    'Move it away; Tracewright makes a new one, and the profiles can be imported again.',
    false,
  ],
  [/^SQLITE_BUSY/, 'STORE_BUSY', 'is in use by another process', 'Try again in a moment.', true],
  [/^SQLITE_FULL|^ENOSPC/, 'STORE_FULL', 'cannot grow: the disk is full', 'Free some space.', true],
  [
    /^SQLITE_(CANTOPEN|READONLY|PERM|IOERR)/,
    'STORE_UNWRITABLE',
    'cannot be opened for writing',
    'Check the permissions, or set TRACEWRIGHT_HOME to a folder of your own.',
    false,
  ],
]

export function storeError(error: unknown, file?: string): unknown {
  if (error instanceof UserError || !(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  const explanation = explanations.find(([pattern]) => pattern.test(code))
  if (explanation === undefined) return error
  const [, name, what, hint, retryable] = explanation
  return new UserError(
    {
      code: name,
      message: `The store${file === undefined ? '' : ` \`${file}\``} ${what}`,
      hint,
      retryable,
      details: { reason: error.message },
    },
    { cause: error },
  )
}
