/** Lets a server get ready for its first question about a profile while it has nothing to do. */
import { setImmediate, setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { ToolContext } from '../tools/context.ts'
import { warmUp } from '../tools/warm-up.ts'

/** So long after the last request there may be another right away. */
const PAUSE_MS = 15

/** Ends when it is done or aborted. `isBusy`: whether a request waits for its answer. */
export async function warmUpWhenIdle(context: ToolContext, isBusy: () => boolean, signal: AbortSignal): Promise<void> {
  try {
    // A client that knows what it wants asks at once, and should not meet us at work.
    await setTimeout(PAUSE_MS, undefined, { signal, ref: false })
    while (isBusy()) await setTimeout(PAUSE_MS, undefined, { signal, ref: false })
    for await (const _ of warmUp(context)) {
      // Lets whatever has arrived meanwhile go first.
      await setImmediate(undefined, { signal })
      while (isBusy()) await setTimeout(PAUSE_MS, undefined, { signal, ref: false })
    }
    collectGarbage()
  } catch (error) {
    if (signal.aborted) return
    // Nobody asked for it, so it is nobody's failure; but it is ours.
    console.error('tracewright: getting ready failed:', error)
  }
}

/** What the questions left behind is of no use, and a server that is not asked anything more would keep it. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  // Not the flavour that gives all pages back: it throws the compiled code away too.
  if (typeof collect === 'function') collect({ type: 'major' })
}
