/**
 * Keeps the server's memory small beside an editor that runs all day. V8 lets the heap of a machine with much memory
 * grow to several hundred megabytes of garbage before it looks at it, and keeps what it once took: here it may grow by a
 * share of what is really in use, and gives back the rest while nobody types. Nothing is limited: what a large workspace
 * needs it gets.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { growNurseryTo } from '../services/heap/nursery.ts'

/** Longer than people pause between words, so that no keystroke waits for a collection of some 50 ms. */
const idleMs = 700

/** Less garbage than this is not worth the work. */
const growthBytes = 8 * 1024 * 1024

/** Of what survived a collection: grown by that, the next is due. Less costs time at every key, more costs memory. */
const growthPercent = 30

/**
 * What an analysis leaves behind should die in the nursery, for what leaves it waits for a collection of everything. V8
 * begins with one megabyte and doubles it up to 64.
 */
const nurseryBytes = 8 * 1024 * 1024

export interface IdleMemory {
  /** Something was asked for: the pause starts anew. */
  touch(): void
  stop(): void
}

export function createIdleMemory(collect = collector()): IdleMemory {
  let timer: NodeJS.Timeout | undefined
  let settled = 0
  const collectIfGrown = () => {
    if (process.memoryUsage().heapTotal - settled < growthBytes) return
    collect()
    settled = process.memoryUsage().heapTotal
  }
  return {
    touch() {
      if (timer) timer.refresh()
      else timer = setTimeout(collectIfGrown, idleMs).unref()
    },
    stop: () => clearTimeout(timer),
  }
}

/** For the process that serves, before it loads anything: V8 reads these flags each time it decides how far to grow. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${growthPercent}`)
  // Of two optimizing compilers the last is enough: the code of the other and its work take some 10 MB.
  setFlagsFromString('--no-maglev')
  growNurseryTo(nurseryBytes)
  isSmall = true
}

let isSmall = false

/** Node offers its collector only behind a flag of V8, which may be set while it runs. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  return () => {
    // The last resort is the flavour that also gives emptied pages back, those of the nursery too.
    if (typeof gc === 'function') gc({ type: 'major', flavor: 'last-resort' })
    if (isSmall) growNurseryTo(nurseryBytes)
  }
}
