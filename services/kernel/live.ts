/**
 * The kernel that this process runs on: BTF of the kernel and of its modules, tracepoint formats from tracefs or from a
 * bpftrace that may read it, functions from tracefs or kallsyms. What the machine keeps from this user, or does not have, comes from the bundled
 * snapshot, and the description says so.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assembleKernelFacts } from '../../analyzers/bpftrace/kernel/assemble.ts'
import { BtfFacts } from '../../analyzers/bpftrace/kernel/btf-facts.ts'
import { BtfFile } from '../../analyzers/bpftrace/kernel/btf-file.ts'
import { BtfTypes } from '../../analyzers/bpftrace/kernel/btf-types.ts'
import {
  FunctionList,
  type FunctionListFormat,
  type FunctionNames,
} from '../../analyzers/bpftrace/kernel/kernel-functions.ts'
import { listedTracepoints } from '../../analyzers/bpftrace/kernel/tracepoint-listing.ts'
import { lazyTracepoints, type TracepointFacts } from '../../analyzers/bpftrace/kernel/tracepoints.ts'
import type { Coverage, KernelFacts } from '../../analyzers/bpftrace/kernel-facts.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { createBinaries } from './binaries.ts'
import { readKernelConfig } from './kernel-config.ts'
import type { TracepointListing } from './list-tracepoints.ts'
import { loadSnapshot } from './snapshot.ts'

/** Where a kernel shows itself; another root in tests. */
export interface KernelPaths {
  readonly btf: string
  readonly tracefs: readonly string[]
  readonly kallsyms: string
  readonly release: string
  /** Of the build, gzip or plain; the release is put in place of `%`. The first that can be read counts. */
  readonly config: readonly string[]
}

export const livePaths: KernelPaths = {
  btf: '/sys/kernel/btf',
  tracefs: ['/sys/kernel/tracing', '/sys/kernel/debug/tracing'],
  kallsyms: '/proc/kallsyms',
  release: '/proc/sys/kernel/osrelease',
  config: ['/proc/config.gz', '/boot/config-%', '/lib/modules/%/config'],
}

interface Part<T> {
  readonly facts: T
  readonly coverage: Coverage
  /** What stands in for the machine's own, as it continues "This machine's kernel is used; …". */
  readonly instead?: string
}

export interface LiveOptions {
  /** Whoever would rather wait than know less. */
  readonly patient?: boolean
  /** What stands in for a tracefs that cannot be read. */
  readonly listing?: TracepointListing | undefined
}

/** Undefined when the machine shows nothing about its kernel. */
export async function liveFacts(
  paths: KernelPaths = livePaths,
  { patient = false, listing }: LiveOptions = {},
): Promise<KernelFacts | undefined> {
  const [kernel, types, formats, functions, functionTracing] = await Promise.all([
    readText(paths.release),
    readTypes(paths.btf),
    readTracepoints(paths.tracefs),
    readFunctions(paths),
    readFunctionTracing(paths.tracefs),
  ])
  if (types === undefined && formats === undefined && listing === undefined) return undefined
  const typePart = types ?? (await snapshotTypes())
  const tracepointPart = formats ?? readListing(listing, typePart.facts.types) ?? (await snapshotTracepoints())
  const instead = [typePart.instead, tracepointPart.instead].filter((text) => text !== undefined)
  return assembleKernelFacts({
    source: {
      kind: 'live',
      kernel: kernel?.trim() ?? '',
      description: [`This machine's kernel ${kernel?.trim() ?? ''} is used`, ...instead].join('; ').concat('.'),
    },
    coverage: {
      types: typePart.coverage,
      functions: functions === undefined ? 'partial' : 'complete',
      tracepoints: tracepointPart.coverage,
    },
    types: typePart.facts.types,
    tracepoints: tracepointPart.facts,
    functions: () => functions?.(),
    modules: typePart.facts.modules,
    binaries: createBinaries(patient),
    config: await readKernelConfig(paths.config, kernel?.trim() ?? ''),
    functionTracing,
  })
}

/**
 * A tracefs that shows its events but not its functions is that of a kernel without function tracing: not built in, or
 * switched off when something went wrong. Undefined where no tracefs can be read.
 */
async function readFunctionTracing(candidates: readonly string[]): Promise<boolean | undefined> {
  for (const tracefs of candidates) {
    if (await showsEvents(tracefs)) return hasText(join(tracefs, 'available_filter_functions'))
  }
  return undefined
}

/** Whether nobody else has to be asked for tracepoints. */
export async function hasTracefs(paths: KernelPaths): Promise<boolean> {
  const shown = await Promise.all(paths.tracefs.map(showsEvents))
  return shown.includes(true)
}

const showsEvents = (tracefs: string) => hasText(join(tracefs, 'available_events'))

interface Types {
  readonly types: BtfFacts
  readonly modules: readonly string[]
}

async function readTypes(folder: string): Promise<Part<Types> | undefined> {
  const bytes = await readBytes(join(folder, 'vmlinux'))
  if (bytes === undefined) return undefined
  const base = openBtf(bytes)
  if (base === undefined) return undefined
  const types = new BtfFacts()
  types.add('vmlinux', new BtfTypes(base))
  const modules = (await readNames(folder)).filter((name) => name !== 'vmlinux').sort()
  for (const module of modules) {
    const own = await readBytes(join(folder, module))
    const file = own === undefined || own.length === 0 ? undefined : openBtf(own, base)
    if (file !== undefined) types.add(module, new BtfTypes(file))
  }
  return { facts: { types, modules: ['vmlinux', ...modules] }, coverage: 'complete' }
}

/** Undefined for BTF that is newer than we are: the snapshot is a better answer than none. */
function openBtf(bytes: Uint8Array, base?: BtfFile): BtfFile | undefined {
  try {
    return new BtfFile(bytes, base)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

async function snapshotTypes(): Promise<Part<Types>> {
  const { types, kernel } = await loadSnapshot()
  return {
    facts: { types, modules: ['vmlinux'] },
    coverage: 'partial',
    instead: `it has no BTF that can be read, so types are those of the bundled Linux ${kernel}`,
  }
}

async function readTracepoints(candidates: readonly string[]): Promise<Part<TracepointFacts> | undefined> {
  for (const tracefs of candidates) {
    const events = await readText(join(tracefs, 'available_events'))
    if (events === undefined) continue
    const names = events.split('\n').filter((name) => name.includes(':'))
    // A format is a few hundred bytes of the kernel's memory: read when asked for, in some 50 µs.
    const facts = lazyTracepoints(names, (category, event) => {
      try {
        return readFileSync(join(tracefs, 'events', category, event, 'format'), 'utf8')
      } catch {
        return undefined
      }
    })
    return { facts, coverage: 'complete' }
  }
  return undefined
}

function readListing(listing: TracepointListing | undefined, types: BtfFacts): Part<TracepointFacts> | undefined {
  const facts = listing && listedTracepoints(listing.text, types)
  if (listing === undefined || facts === undefined) return undefined
  return {
    facts,
    coverage: 'complete',
    instead: `its tracefs is not mounted or not readable, so tracepoints are those that ${listing.path} -lv lists`,
  }
}

async function snapshotTracepoints(): Promise<Part<TracepointFacts>> {
  const { tracepoints, kernel } = await loadSnapshot()
  return {
    facts: tracepoints,
    coverage: 'partial',
    instead: `its tracefs is not mounted or not readable, so tracepoints are those of the bundled Linux ${kernel}`,
  }
}

async function readFunctions(paths: KernelPaths): Promise<(() => FunctionNames | undefined) | undefined> {
  for (const tracefs of paths.tracefs) {
    const path = join(tracefs, 'available_filter_functions')
    if (await hasText(path)) return functionList(path, 'available_filter_functions')
  }
  return (await hasText(paths.kallsyms)) ? functionList(paths.kallsyms, 'kallsyms') : undefined
}

/** One piece after the other lies in the same memory. */
const pieceBytes = 64 * 1024

/**
 * The kernel takes some 80 ms to print such a list, so nobody waits for it: it is being read while the first questions,
 * which are seldom about functions, are answered. One that comes too early reads it again at once.
 */
function functionList(path: string, format: FunctionListFormat): () => FunctionNames | undefined {
  let read: FunctionList | undefined
  let isAsked = false
  const reading = async () => {
    const list = new FunctionList(format)
    const bytes = Buffer.alloc(pieceBytes)
    const file = await open(path)
    try {
      while (!isAsked) {
        const { bytesRead } = await file.read(bytes)
        if (bytesRead === 0) break
        list.add(bytes.toString('latin1', 0, bytesRead))
      }
    } finally {
      await file.close()
    }
    if (!isAsked) read = list
  }
  // One that cannot be read now is tried again when it is asked for.
  reading().catch(() => undefined)
  return () => {
    isAsked = true
    const list = read ?? readAtOnce(path, format)
    read = undefined
    return list?.names()
  }
}

function readAtOnce(path: string, format: FunctionListFormat): FunctionList | undefined {
  try {
    const file = openSync(path, 'r')
    try {
      const list = new FunctionList(format)
      const bytes = Buffer.alloc(pieceBytes)
      for (let count = readSync(file, bytes); count > 0; count = readSync(file, bytes)) {
        list.add(bytes.toString('latin1', 0, count))
      }
      return list
    } finally {
      closeSync(file)
    }
  } catch {
    return undefined
  }
}

/** Some lists are there but refuse to be read, or are empty to all but root. */
async function hasText(path: string): Promise<boolean> {
  try {
    const file = await open(path)
    try {
      return (await file.read(Buffer.alloc(1), 0, 1)).bytesRead > 0
    } finally {
      await file.close()
    }
  } catch {
    return false
  }
}

/** Undefined for what is not there or may not be read: every caller has something else to use. */
async function readBytes(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch {
    return undefined
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'latin1')
  } catch {
    return undefined
  }
}

async function readNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch {
    return []
  }
}
