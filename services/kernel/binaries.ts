/**
 * Programs and libraries as completion and checks ask for them: at once, without waiting. What is small is read on the
 * spot; a large file is read in a moment of rest, and the answer until then is `pending`.
 */
import { readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Binaries, BinaryNames } from '../../analyzers/bpftrace/kernel-facts.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { type BinaryFacts, isRead, namesIn, readBinary, resolveBinary } from './elf.ts'

/** Read in some 20 ms; programs with everything linked into them are ten times as large. */
const READ_AT_ONCE_BYTES = 8 * 1024 * 1024
const MOST_PATHS = 1000
/** Where a name leads is looked up in many folders; a program that is installed is found this much later. */
const RESOLVED_MS = 2000
const MOST_RESOLVED = 256

export function createBinaries(): Binaries {
  const pending = new Set<string>()
  const failed = new Set<string>()
  const resolved = new Map<string, { readonly path: string | undefined; readonly at: number }>()
  const resolve = (target: string): string | undefined => {
    const known = resolved.get(target)
    if (known && performance.now() - known.at < RESOLVED_MS) return known.path
    const path = resolveBinary(target)
    if (resolved.size >= MOST_RESOLVED) resolved.clear()
    resolved.set(target, { path, at: performance.now() })
    return path
  }
  return {
    find(target) {
      const path = resolve(target)
      if (path === undefined || failed.has(path)) return undefined
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
      if (size <= READ_AT_ONCE_BYTES || isRead(path)) return namesOf(path)
      if (!pending.has(path)) {
        pending.add(path)
        setTimeout(() => {
          pending.delete(path)
          if (namesOf(path) === undefined) failed.add(path)
        }, 0).unref()
      }
      return 'pending'
    },
    isThere: (target) => resolve(target) !== undefined,
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

/** What is worked out about a list of names is kept as long as the list, so each file has one. */
const names = new WeakMap<BinaryFacts, BinaryNames>()

/** Undefined for what is no program: people probe scripts by mistake. */
function namesOf(path: string): BinaryNames | undefined {
  try {
    const facts = readBinary(path)
    const known = names.get(facts) ?? {
      path,
      functions: facts.functions.map(({ name }) => name),
      usdt: facts.usdt.map(({ provider, name, arguments: given }) => ({ provider, name, arguments: given.length })),
    }
    names.set(facts, known)
    return known
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
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
