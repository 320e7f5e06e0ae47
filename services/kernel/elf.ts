/**
 * What uprobes and USDT probes can name: the functions and static probes of programs and libraries on this machine, by
 * path, by bare name as bpftrace resolves it, or of everything that a running process has mapped.
 */
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { type ByteSource, type ElfSection, openElf, sectionType } from '../../analyzers/bpftrace/binary/elf-file.ts'
import { buildId, debugLink, type UsdtProbe, usdtProbes } from '../../analyzers/bpftrace/binary/elf-notes.ts'
import { type ElfFunctions, elfFunctionsInSteps } from '../../analyzers/bpftrace/binary/elf-symbols.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'

export interface BinaryFacts extends ElfFunctions {
  readonly path: string
  readonly bits: 32 | 64
  readonly buildId: string | undefined
  readonly debugLink: string | undefined
  readonly usdt: readonly UsdtProbe[]
  /** Sections that lie in memory when the file runs, with their bytes in the file. */
  readonly loaded: readonly Pick<ElfSection, 'address' | 'offset' | 'size'>[]
}

/** Of all binaries that are kept together; the last one is kept whatever it has. */
const MOST_KEPT_NAMES = 400_000
const kept = new Map<string, BinaryFacts>()

/** Read once for each state of the file. @throws UserError when it is no ELF file or cannot be read. */
export function readBinary(path: string): BinaryFacts {
  const identity = identityOf(path)
  const known = kept.get(identity)
  if (known !== undefined) return known
  const steps = readBinaryInSteps(path)
  let step = steps.next()
  while (!step.done) step = steps.next()
  kept.set(identity, step.value)
  forgetOldest(kept, ({ functions }) => functions.length, MOST_KEPT_NAMES)
  return step.value
}

/** Of what is kept, the youngest stay as long as they are not too much together. */
export function forgetOldest<T>(kept: Map<string, T>, sizeOf: (value: T) => number, most: number): void {
  let sum = 0
  for (const [index, [key, value]] of [...kept].reverse().entries()) {
    sum += sizeOf(value)
    if (index > 0 && sum > most) kept.delete(key)
  }
}

/** Another one as soon as the file is another or was written to. */
export function identityOf(path: string): string {
  try {
    const { size, mtimeMs, ino } = statSync(path)
    return `${path},${ino},${size},${mtimeMs}`
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** With pauses, in which others may work; nothing is kept. @throws UserError, at any step */
export function* readBinaryInSteps(path: string): Generator<undefined, BinaryFacts> {
  const descriptor = openFile(path)
  try {
    const file = openElf(fileSource(descriptor))
    return {
      path,
      bits: file.bits,
      buildId: buildId(file),
      debugLink: debugLink(file),
      usdt: usdtProbes(file),
      loaded: file.sections.filter((each) => each.address > 0 && each.type !== sectionType.noBits),
      ...(yield* elfFunctionsInSteps(file)),
    }
  } finally {
    closeSync(descriptor)
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw unreadable(path, error)
  }
}

function fileSource(descriptor: number): ByteSource {
  const status = fstatSync(descriptor)
  if (!status.isFile()) {
    throw new UserError({ code: 'INVALID_ELF', message: 'This is not a regular file, so it is no program or library.' })
  }
  return {
    size: status.size,
    read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, status.size - offset)))
      let filled = 0
      while (filled < bytes.length) {
        const count = readSync(descriptor, bytes, filled, bytes.length - filled, offset + filled)
        if (count === 0) break
        filled += count
      }
      return bytes.subarray(0, filled)
    },
  }
}

/** Where libraries lie on common distributions, for names that carry no path. */
const libraryFolders = ['/lib', '/usr/lib', '/lib64', '/usr/lib64', '/usr/local/lib']

/** The file that a probe's target names: a path, a program on the search path, or a library such as `libc`. */
export function resolveBinary(target: string, searchPath = process.env.PATH ?? ''): string | undefined {
  if (isAbsolute(target)) return isFile(target) ? target : undefined
  if (target === '') return undefined
  for (const folder of searchPath.split(delimiter)) {
    if (folder !== '' && isFile(join(folder, target))) return join(folder, target)
  }
  if (target.includes('/')) return undefined
  for (const folder of libraryPlaces()) {
    const matching = namesIn(folder).filter((name) => name === target || name.startsWith(`${target}.so`))
    for (const name of matching) if (isElf(join(folder, name))) return join(folder, name)
  }
  return undefined
}

/** The folders themselves, and those below them that are named after an architecture: `x86_64-linux-gnu`. */
function libraryPlaces(): string[] {
  return libraryFolders.flatMap((folder) => {
    const below = namesIn(folder).filter((name) => name.includes('-linux-'))
    return [folder, ...below.map((name) => join(folder, name))]
  })
}

/** The files that a running process executes code from: its program first, then its libraries by path. */
export function binariesOfProcess(pid: number): readonly string[] {
  const folder = `/proc/${pid}`
  const { program, root, maps } = readProcess(pid)
  const mapped = new Set<string>()
  for (const line of maps.split('\n')) {
    const path = /^\S+ ..x. \S+ \S+ \S+\s+(?<path>\/.*)$/.exec(line)?.groups?.path
    if (path !== undefined && path !== program && !path.endsWith(' (deleted)')) mapped.add(path)
  }
  const libraries = [...mapped].sort()
  // Through the process's own root, so that what runs in a container is found; elsewhere as people write it.
  return root === '/' && isFile(program)
    ? [program, ...libraries]
    : [join(folder, 'exe'), ...libraries.map((path) => join(folder, 'root', path))]
}

function readProcess(pid: number): { readonly program: string; readonly root: string; readonly maps: string } {
  const folder = `/proc/${pid}`
  try {
    return {
      program: readlinkSync(join(folder, 'exe')),
      root: readlinkSync(join(folder, 'root')),
      maps: readFileSync(join(folder, 'maps'), 'latin1'),
    }
  } catch (error) {
    throw new UserError({
      code: 'NOT_FOUND',
      message: `Process ${pid} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'It may have ended, or belong to another user.',
    })
  }
}

function isFile(path: string): boolean {
  return statusOf(path)?.isFile() ?? false
}

/** Undefined also for what lies in a folder that may not be entered, such as another user's `/proc/PID/root`. */
export function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

/** `libc.so` may be a linker script. */
function isElf(path: string): boolean {
  if (!isFile(path)) return false
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch {
    return false
  }
  try {
    const head = Buffer.alloc(4)
    return readSync(descriptor, head, 0, 4, 0) === 4 && head.toString('latin1') === '\x7fELF'
  } finally {
    closeSync(descriptor)
  }
}

/** Sorted; none for what is no folder or may not be read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

function unreadable(path: string, error: unknown): UserError {
  return new UserError({
    code: 'NOT_FOUND',
    message: `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    hint: 'Name a program or a shared library that exists here.',
  })
}
