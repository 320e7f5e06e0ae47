/**
 * Which kernel a program is judged against: this machine's, the bundled snapshot, a BTF file, or none. Loading is
 * asynchronous and happens once for each kernel; the facts it ends in answer without waiting.
 */
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { assembleKernelFacts } from '../../analyzers/bpftrace/kernel/assemble.ts'
import { BtfFacts } from '../../analyzers/bpftrace/kernel/btf-facts.ts'
import { BtfFile } from '../../analyzers/bpftrace/kernel/btf-file.ts'
import { BtfTypes } from '../../analyzers/bpftrace/kernel/btf-types.ts'
import type { KernelFacts } from '../../analyzers/bpftrace/kernel-facts.ts'
import { noKernelFacts } from '../../analyzers/bpftrace/no-kernel-facts.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import type { BpftraceLocator } from '../bpftrace/locate-bpftrace.ts'
import { listTracepoints, type TracepointListing } from './list-tracepoints.ts'
import { hasTracefs, type KernelPaths, liveFacts, livePaths } from './live.ts'
import { loadSnapshot, snapshotFacts } from './snapshot.ts'

export interface KernelOptions {
  /**
   * `auto` is this machine where it can be read, else the snapshot; `live`, `snapshot`, `none`; a kernel version such
   * as `6.1`, for which the snapshot stands in; else the path of a BTF file.
   */
  readonly source: string
  readonly paths?: KernelPaths
  /** Large programs are waited for: for who asks once, and does not type. */
  readonly patient?: boolean
  /** May be asked for tracepoints where tracefs cannot be read. */
  readonly bpftrace?: BpftraceLocator
  /** Called when more is known than what was answered: who asks again gets it. */
  readonly onMore?: () => void
}

const loadLive = cacheOfOne<KernelFacts | undefined>()
const loadFile = cacheOfOne<KernelFacts>()

/** @throws UserError when what is asked for by name cannot be had. */
export async function createKernelFacts(options: KernelOptions): Promise<KernelFacts> {
  const { source } = options
  if (source === 'none') return noKernelFacts
  if (source === 'snapshot') return snapshotFacts('')
  if (source === 'auto' || source === 'live') return liveOrSnapshot(options)
  if (/^\d+\.\d+(\.\d+)?$/.test(source)) {
    return snapshotFacts(`It stands in for Linux ${source}, whose types may differ.`, source)
  }
  return btfFileFacts(source)
}

async function liveOrSnapshot(options: KernelOptions): Promise<KernelFacts> {
  const { source, paths = livePaths, patient = false } = options
  const kernel = await identityOfLive(paths)
  const listing = await listingInTime(options, paths, kernel)
  const identity = `${kernel}:${patient}:${listing?.path ?? ''}`
  const facts = await loadLive(identity, () => liveFacts(paths, { patient, listing }))
  if (facts !== undefined) return facts
  if (source === 'auto') return snapshotFacts('This machine shows nothing about a kernel of its own.')
  throw new UserError({
    code: 'KERNEL_UNREADABLE',
    message: 'This machine has neither BTF in /sys/kernel/btf nor a tracefs that can be read.',
    hint: 'Use the bundled snapshot (`snapshot`), or name a BTF file.',
  })
}

/** How long who types waits for bpftrace, which takes about this long where nothing else is going on. */
const LISTING_MS = 250

async function listingInTime(
  { bpftrace, patient = false, onMore }: KernelOptions,
  paths: KernelPaths,
  kernel: string,
): Promise<TracepointListing | undefined> {
  if (bpftrace === undefined || (await hasTracefs(paths))) return undefined
  const listing = listTracepoints(bpftrace, kernel)
  if (patient) return listing
  const late = Symbol('late')
  const first = await Promise.race([listing, delay(LISTING_MS, late, { ref: false })])
  if (first !== late) return first
  listing.then((found) => {
    if (found !== undefined) onMore?.()
  })
  return undefined
}

/** The build id lies in the kernel's notes; another kernel behind the same paths has another one. */
async function identityOfLive(paths: KernelPaths): Promise<string> {
  const parts = await Promise.all(
    ['/sys/kernel/notes', paths.release].map((path) => readFile(path).catch(() => Buffer.alloc(0))),
  )
  // Tracefs may be mounted, and modules loaded, while we run.
  const folders = await Promise.all([paths.btf, ...paths.tracefs].map(fileIdentity))
  const hash = createHash('sha256')
  for (const bytes of parts) hash.update(bytes)
  return `${hash.digest('hex')}:${folders.join(':')}`
}

async function fileIdentity(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeMs } = await stat(path)
    return `${path},${dev},${ino},${size},${mtimeMs}`
  } catch {
    return `${path},none`
  }
}

async function btfFileFacts(path: string): Promise<KernelFacts> {
  return loadFile(await fileIdentity(path), async () => {
    const bytes = await readBtfFile(path)
    const { tracepoints, functions, kernel } = await loadSnapshot()
    const types = new BtfFacts()
    types.add('vmlinux', new BtfTypes(new BtfFile(bytes)))
    return assembleKernelFacts({
      source: {
        kind: 'file',
        kernel: '',
        description: `Types are those of ${basename(path)}, tracepoints and functions those of the bundled Linux ${kernel}.`,
      },
      coverage: { types: 'complete', functions: 'partial', tracepoints: 'partial' },
      types,
      tracepoints,
      functions: () => ({ ...functions(), functions: types.names('function') }),
      modules: ['vmlinux'],
    })
  })
}

async function readBtfFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new UserError({
      code: 'NOT_FOUND',
      message: `The BTF file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'Name a file such as /sys/kernel/btf/vmlinux, or one of `auto`, `live`, `snapshot`, `none`.',
    })
  }
}

/** Remembers the last thing loaded: an older kernel or file would only hold memory. A failure is not remembered. */
function cacheOfOne<T>() {
  let current: { readonly identity: string; readonly value: Promise<T> } | undefined
  return (identity: string, load: () => Promise<T>): Promise<T> => {
    if (current?.identity === identity) return current.value
    const made = { identity, value: load() }
    current = made
    made.value.catch(() => {
      if (current === made) current = undefined
    })
    return made.value
  }
}
