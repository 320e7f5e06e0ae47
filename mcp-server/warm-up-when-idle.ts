/** Lets a server get ready for its first question about a profile while it has nothing to do. */
import { setImmediate, setTimeout } from 'node:timers/promises'
import { growNurseryTo } from '../services/heap/nursery.ts'
import type { ToolContext } from '../tools/context.ts'
import { warmUp } from '../tools/warm-up.ts'

/** So long after the last request there may be another right away. */
const PAUSE_MS = 15

/** While a profile of some megabytes is read, a nursery that has to grow costs a fifth of the time. */
const NURSERY_BYTES = 16 * 1024 * 1024

/**
 * Ends when it is done or aborted. `isBusy`: whether a request waits for its answer. What is left behind is not collected
 * here, for a collection throws the compiled code away too.
 */
export async function warmUpWhenIdle(context: ToolContext, isBusy: () => boolean, signal: AbortSignal): Promise<void> {
  try {
    // A client that knows what it wants asks at once, and should not meet us at work.
    await setTimeout(PAUSE_MS, undefined, { signal, ref: false })
    while (isBusy()) await setTimeout(PAUSE_MS, undefined, { signal, ref: false })
    growNurseryTo(NURSERY_BYTES)
    for await (const _ of warmUp(context)) {
      // Lets whatever has arrived meanwhile go first.
      await setImmediate(undefined, { signal })
      while (isBusy()) await setTimeout(PAUSE_MS, undefined, { signal, ref: false })
    }
  } catch (error) {
    if (signal.aborted) return
    // Nobody asked for it, so it is nobody's failure; but it is ours.
    console.error('tracewright: getting ready failed:', error)
  }
}
