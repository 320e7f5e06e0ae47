/**
 * What `bpftrace -lv` says about tracepoints, for kernels whose tracefs this process may not read: a bpftrace that is
 * installed with rights of its own, or a script around one, may. It is asked once for each kernel; nothing is attached.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { BpftraceLocator } from '../bpftrace/locate-bpftrace.ts'

const run = promisify(execFile)

const TIMEOUT_MS = 15_000
/** A kernel with every driver lists some 2 MB. */
const MAX_BYTES = 32 * 1024 * 1024

export interface TracepointListing {
  /** Which program said it. */
  readonly path: string
  readonly text: string
}

interface Asked {
  readonly kernel: string
  readonly listing: Promise<TracepointListing | undefined>
}

const asked = new WeakMap<BpftraceLocator, Asked>()

/**
 * @param kernel What tells one build from another.
 * @returns undefined where there is no bpftrace, or where it may not read tracepoints either.
 */
export function listTracepoints(locator: BpftraceLocator, kernel: string): Promise<TracepointListing | undefined> {
  const known = asked.get(locator)
  if (known?.kernel === kernel) return known.listing
  const listing = ask(locator)
  asked.set(locator, { kernel, listing })
  return listing
}

async function ask(locator: BpftraceLocator): Promise<TracepointListing | undefined> {
  const installed = await locator.find()
  if (installed === undefined) return undefined
  const { path } = installed
  try {
    const options = { timeout: TIMEOUT_MS, maxBuffer: MAX_BYTES, env: { ...process.env, LC_ALL: 'C' } }
    const { stdout } = await run(path, ['-lv', 'tracepoint:*'], options)
    return stdout.includes('tracepoint:') ? { path, text: stdout } : undefined
  } catch {
    // Most often it says that it has to be root: then it is no source, and the snapshot stands in.
    return undefined
  }
}
