/**
 * Programs and libraries as completion and checks ask for them: at once, without waiting. What is small is read on the
 * spot; a large file is read in a moment of rest, and the answer until then is `pending`.
 */
import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Binaries, BinaryNames } from '../../analyzers/bpftrace/kernel-facts.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import {
  type BinaryFacts,
  binariesOfProcess,
  forgetOldest,
  identityOf,
  namesIn,
  readBinaryInSteps,
  resolveBinary,
  statusOf,
} from './elf.ts'

/** Read in some 10 ms; programs with everything linked into them take a hundred times as long. */
const READ_AT_ONCE_BYTES = 2 * 1024 * 1024
/** How long a large file may keep others from working at a time. */
const TURN_MS = 5
/** Names of all files that are kept together; the last file's are kept whatever they are. */
const MOST_KEPT_NAMES = 300_000
const MOST_PATHS = 1000
/** Where a name leads is looked up in many folders; a program that is installed is found this much later. */
const RESOLVED_MS = 2000
const MOST_RESOLVED = 256

/** @param patient Large files are waited for: for whoever asks once and has nothing else to do. */
export function createBinaries(patient = false): Binaries {
  const pending = new Set<string>()
  /** By the state of the file; what is no program is kept as such. */
  const kept = new Map<string, BinaryNames | 'none'>()
  const keep = (identity: string, names: BinaryNames | undefined) => {
    kept.set(identity, names ?? 'none')
    forgetOldest(kept, (each) => (each === 'none' ? 1 : each.functions.length), MOST_KEPT_NAMES)
    return names
  }
  const resolved = new Map<string, { readonly path: string | undefined; readonly at: number }>()
  const resolve = (target: string): string | undefined => {
    const known = resolved.get(target)
    if (known && performance.now() - known.at < RESOLVED_MS) return known.path
    const path = resolveBinary(target)
    if (resolved.size >= MOST_RESOLVED) resolved.clear()
    resolved.set(target, { path, at: performance.now() })
    return path
  }
  const processes = new Map<number, { readonly files: readonly string[] | undefined; readonly at: number }>()
  return {
    find(target) {
      const path = resolve(target)
      const identity = path && stateOf(path)
      if (path === undefined || identity === undefined) return undefined
      const known = kept.get(identity)
      if (known !== undefined) return known === 'none' ? undefined : known
      const size = statusOf(path)?.size ?? 0
      if (patient || size <= READ_AT_ONCE_BYTES) return keep(identity, namesAtOnce(path))
      if (!pending.has(identity)) {
        pending.add(identity)
        inTurns(namesInSteps(path), (names) => {
          pending.delete(identity)
          keep(identity, names)
        })
      }
      return 'pending'
    },
    isThere: (target) => resolve(target) !== undefined,
    ofProcess(pid) {
      const known = processes.get(pid)
      if (known && performance.now() - known.at < RESOLVED_MS) return known.files
      const files = filesOfProcess(pid)
      if (processes.size >= MOST_RESOLVED) processes.clear()
      processes.set(pid, { files, at: performance.now() })
      return files
    },
    running: runningPrograms,
    paths(prefix) {
      const end = prefix.lastIndexOf('/')
      if (end < 0) return []
      const folder = prefix.slice(0, end + 1)
      const matching = namesIn(folder).filter((name) => name.startsWith(prefix.slice(end + 1)))
      return matching
        .slice(0, MOST_PATHS)
        .map((name) => (isFolder(join(folder, name)) ? `${folder}${name}/` : `${folder}${name}`))
    },
  }
}

function filesOfProcess(pid: number): readonly string[] | undefined {
  try {
    return binariesOfProcess(pid)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** Undefined for a file that has gone. */
function stateOf(path: string): string | undefined {
  try {
    return identityOf(path)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** Undefined for what is no program: people probe scripts by mistake. */
function* namesInSteps(path: string): Generator<undefined, BinaryNames | undefined> {
  try {
    return namesOf(path, yield* readBinaryInSteps(path))
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function namesAtOnce(path: string): BinaryNames | undefined {
  const steps = namesInSteps(path)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

/** A turn at a time, others between them; the process need not stay for it. */
function inTurns<T>(steps: Generator<undefined, T>, done: (value: T) => void): void {
  setTimeout(() => {
    const end = performance.now() + TURN_MS
    let step = steps.next()
    while (!step.done && performance.now() < end) step = steps.next()
    if (step.done) done(step.value)
    else inTurns(steps, done)
  }, 0).unref()
}

const namesOf = (path: string, { functions, usdt }: BinaryFacts): BinaryNames => ({
  path,
  functions: functions.map(({ name }) => name),
  usdt: usdt.map(({ provider, name, arguments: given }) => ({ provider, name, arguments: given.length })),
})

function isFolder(path: string): boolean {
  return statusOf(path)?.isDirectory() ?? false
}

/** Those whose processes we may look at; what was deleted since cannot be probed. */
function runningPrograms(): { path: string; pid: number }[] {
  const found = new Map<string, number>()
  for (const name of namesIn('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const path = programOf(name)
    if (path !== undefined && !found.has(path)) found.set(path, Number(name))
  }
  return [...found].map(([path, pid]) => ({ path, pid })).sort((a, b) => (a.path < b.path ? -1 : 1))
}

function programOf(pid: string): string | undefined {
  try {
    const path = readlinkSync(`/proc/${pid}/exe`)
    return path.endsWith(' (deleted)') ? undefined : path
  } catch {
    // A thread of the kernel, somebody else's process, or one that has just ended.
    return undefined
  }
}
