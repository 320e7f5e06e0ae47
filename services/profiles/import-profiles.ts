/**
 * Brings files into the library: one file, the profiles of a folder and its subfolders, or those of a zip archive. Each
 * folder or archive with two or more profiles becomes a bundle. A file that cannot be read as a profile is an error when
 * it was named, and a line in `skipped` when it only lay among others.
 */
import { closeSync, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs'
import path from 'node:path'
import type { Profile } from '../../analyzers/pprof/profile.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { describeErrno, isErrno, type PathPolicy } from '../paths/path-policy.ts'
import type { NewProfile, ProfileLibrary, ProfileRecord } from './library.ts'
import { type ReadProfile, typeOf } from './open-profile.ts'
import { looksLikeZip, readArchive } from './profile-archive.ts'
import type { ProfileType } from './profile-type.ts'

export interface ImportServices {
  readonly library: ProfileLibrary
  readonly paths: PathPolicy
  readonly read: ReadProfile
}

export interface ImportOptions {
  /** Says what the profile is where its content leaves that open; for a single file only. */
  readonly type?: ProfileType | undefined
  readonly name?: string | undefined
  readonly service?: string | undefined
  readonly env?: string | undefined
  readonly signal: AbortSignal
  readonly progress: (progress: { done: number; total?: number; message: string }) => void
}

export interface ImportResult {
  readonly profiles: readonly ProfileRecord[]
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
}

const maxFolderFiles = 1000
const maxFolderDepth = 8

/** Names under which profiles are written; a folder's other files are not tried. */
const profileName =
  /\.(pprof|pb|prof|profile|cpuprofile|heapprofile|folded|collapsed|speedscope\.json|perf)(\.gz|\.zst)?$|\.pb\.gz$|^profile[^.]*$|\.(cpu|heap|allocs|mutex|block|goroutine|threadcreate)(\.gz)?$/i

export async function importProfiles(
  services: ImportServices,
  given: string,
  options: ImportOptions,
): Promise<ImportResult> {
  const file = services.paths.existing(given)
  const stat = statSync(file)
  if (stat.isDirectory()) return importFolder(services, file, options)
  requireRegular(given, stat)
  if (looksLikeZip(firstBytes(file, given))) return importArchive(services, file, stat.size, options)
  const message = `Reading ${printable(path.basename(file))}`
  const profile = await readFile(services, file, options, (share) => ({ done: share, total: 1, message }))
  const shelved = describe(profile, { path: file }, path.basename(file), file, options)
  return { profiles: await services.library.add([shelved], { signal: options.signal }), skipped: [] }
}

/** Says with each hundredth of the file how far it has come: big ones take long. */
function readFile(
  services: ImportServices,
  file: string,
  { signal, progress }: ImportOptions,
  progressAt: (share: number) => Parameters<ImportOptions['progress']>[0],
): Promise<Profile> {
  let said = -1
  const onRead = (readBytes: number, fileBytes: number) => {
    const hundredth = Math.floor((100 * readBytes) / Math.max(1, fileBytes))
    if (hundredth <= said) return
    said = hundredth
    progress(progressAt(hundredth / 100))
  }
  return services.read(file, { signal, onRead })
}

/** What goes into the library for a decoded profile. */
export function describe(
  profile: Profile,
  content: NewProfile['content'],
  fileName: string,
  origin: string,
  options: Pick<ImportOptions, 'type' | 'name' | 'service' | 'env'>,
): NewProfile {
  return {
    content,
    type: options.type ?? typeOf(profile, fileName),
    name: options.name ?? printable(fileName),
    origin,
    service: options.service,
    env: options.env,
    takenAt: takenAt(profile.timeNanos),
  }
}

async function importFolder(services: ImportServices, folder: string, options: ImportOptions): Promise<ImportResult> {
  refuseSingleFileOptions(options, 'a folder')
  const skipped: { path: string; reason: string }[] = []
  const files = filesBelow(services.paths, folder, skipped)
  const profiles: ProfileRecord[] = []
  let done = 0
  for (const [parent, names] of Map.groupBy(files, (file) => path.dirname(file))) {
    const readable: NewProfile[] = []
    for (const file of names) {
      options.signal.throwIfAborted()
      const message = `Reading ${printable(path.relative(folder, file))}`
      const before = done
      const progressAt = (share: number) => ({ done: before + share, total: files.length, message })
      options.progress(progressAt(0))
      done += 1
      const outcome = await tryRead(path.relative(folder, file), async () => {
        const profile = await readFile(services, file, options, progressAt)
        return describe(profile, { path: file }, path.basename(file), file, options)
      })
      if (outcome.skipped === undefined) readable.push(outcome.profile)
      else skipped.push(outcome.skipped)
    }
    if (readable.length > 0) profiles.push(...(await services.library.add(readable, { signal: options.signal })))
    options.progress({ done, total: files.length, message: `Imported ${printable(parent)}` })
  }
  return requireSome({ profiles, skipped }, 'folder')
}

async function importArchive(
  services: ImportServices,
  file: string,
  size: number,
  options: ImportOptions,
): Promise<ImportResult> {
  refuseSingleFileOptions(options, 'an archive')
  const entries = await readArchive(file, size)
  const skipped: { path: string; reason: string }[] = []
  const readable: NewProfile[] = []
  for (const [index, entry] of entries.entries()) {
    options.signal.throwIfAborted()
    const name = entry.name.split(/[\\/]/).at(-1) ?? entry.name
    const shown = printable(entry.name)
    options.progress({ done: index, total: entries.length, message: `Reading ${shown}` })
    if (!profileName.test(name)) {
      skipped.push({ path: shown, reason: 'its name is not one of a profile' })
      continue
    }
    const outcome = await tryRead(shown, async () => {
      const bytes = entry.read()
      const profile = await services.read(bytes, { signal: options.signal })
      return describe(profile, { bytes }, name, `${file}!${shown}`, options)
    })
    if (outcome.skipped === undefined) readable.push(outcome.profile)
    else skipped.push(outcome.skipped)
  }
  const profiles = readable.length === 0 ? [] : await services.library.add(readable, { signal: options.signal })
  return requireSome({ profiles, skipped }, 'archive')
}

type ReadOutcome =
  | { readonly profile: NewProfile; readonly skipped?: undefined }
  | { readonly skipped: { readonly path: string; readonly reason: string } }

/** One bad file among many is a line in the result. */
async function tryRead(shown: string, read: () => Promise<NewProfile>): Promise<ReadOutcome> {
  try {
    return { profile: await read() }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { skipped: { path: printable(shown), reason: error.message } }
  }
}

function filesBelow(
  paths: PathPolicy,
  folder: string,
  skipped: { path: string; reason: string }[],
  depth = 0,
  found: string[] = [],
): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const full = path.join(folder, entry.name)
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    if (entry.isDirectory() && depth < maxFolderDepth) filesBelow(paths, full, skipped, depth + 1, found)
    else if ((entry.isFile() || entry.isSymbolicLink()) && profileName.test(entry.name)) {
      const real = realFile(paths, full)
      if (typeof real === 'string') found.push(full)
      else skipped.push({ path: printable(full), reason: real.message })
    }
    if (found.length > maxFolderFiles) {
      throw new UserError({
        code: 'TOO_LARGE',
        message: `The folder has more than ${maxFolderFiles} profiles`,
        hint: 'Import its subfolders one by one.',
      })
    }
  }
  return found
}

/** A link inside the folder may lead out of the base directory, or to nothing. */
function realFile(paths: PathPolicy, full: string): string | UserError {
  try {
    const real = paths.existing(full)
    return statSync(real).isFile() ? real : new UserError({ code: 'INVALID_ARGUMENT', message: 'it is not a file' })
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

function requireRegular(given: string, stat: Stats): void {
  if (stat.isFile()) return
  throw new UserError({
    code: 'INVALID_ARGUMENT',
    message: `\`${given}\` is not a regular file`,
    hint: 'Copy what it delivers into a file and import that.',
  })
}

function firstBytes(file: string, given: string): Uint8Array {
  try {
    const start = new Uint8Array(4)
    const descriptor = openSync(file, 'r')
    try {
      return start.subarray(0, readSync(descriptor, start))
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (!isErrno(error, 'EACCES', 'EPERM', 'EIO')) throw error
    throw new UserError(
      { code: 'UNREADABLE', message: `\`${given}\` cannot be read: ${describeErrno(error)}` },
      { cause: error },
    )
  }
}

function refuseSingleFileOptions(options: ImportOptions, what: string): void {
  if (options.type === undefined && options.name === undefined) return
  const field = options.type === undefined ? 'name' : 'type'
  throw new UserError({
    code: 'INVALID_ARGUMENT',
    message: `\`${field}\` describes one profile, and this is ${what}`,
    hint: `Leave it out; change single profiles afterwards with \`profiles.update\`.`,
    details: { field },
  })
}

function requireSome(result: ImportResult, what: string): ImportResult {
  if (result.profiles.length > 0) return result
  const first = result.skipped.slice(0, 5).map((each) => `${each.path}: ${each.reason}`)
  throw new UserError({
    code: 'NOT_A_PROFILE',
    message: `The ${what} has no readable profile`,
    hint: first.length > 0 ? first.join('; ') : 'Files such as `cpu.pprof`, `heap.pb.gz`, `stacks.folded` are read.',
    details: { skipped: result.skipped.length },
  })
}

/** Names come from files: no control characters, no unbounded length. */
export function printable(text: string): string {
  const clean = text.replace(/\p{Cc}+/gu, ' ').trim()
  return clean.length > 200 ? `…${clean.slice(-199)}` : clean
}

function takenAt(timeNanos: bigint): string | null {
  const milliseconds = Number(timeNanos / 1_000_000n)
  // Beyond this a Date cannot go; a profile that says so does not know its time.
  return milliseconds > 0 && milliseconds <= 8.64e15 ? new Date(milliseconds).toISOString() : null
}
