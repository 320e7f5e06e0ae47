/**
 * Gives memory back while nobody types. V8 lets the heap of a machine with much memory grow to several hundred megabytes
 * of garbage before it looks at it, and keeps what it once took; a server that runs all day beside an editor should not.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Longer than people pause between words, so that no keystroke waits for a collection of some 50 ms. */
const idleMs = 1500

/** Less garbage than this is not worth the work. */
const growthBytes = 16 * 1024 * 1024

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

/** Node offers its collector only behind a flag of V8, which may be set while it runs. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  return () => {
    // The last resort is the flavour that also gives emptied pages back.
    if (typeof gc === 'function') gc({ type: 'major', flavor: 'last-resort' })
  }
}
