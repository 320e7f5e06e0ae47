/**
 * Progress as the protocol wants it: only for clients that asked, always rising, and a sign of life every few seconds
 * from a tool that is silent for long.
 */
import type { ReportProgress } from '../tools/tool.ts'

export interface ProgressNotification {
  readonly progress: number
  readonly total?: number
  readonly message: string
  readonly [key: string]: unknown
}

const heartbeatMs = 4000
/** Small enough not to be seen, large enough to rise. */
const step = 0.001

export function progressReporter(send: ((progress: ProgressNotification) => Promise<void>) | undefined): {
  readonly report: ReportProgress
  stop(): void
} {
  if (send === undefined) return { report: () => undefined, stop: () => undefined }
  let last = 0
  let message = 'Working'
  let total: number | undefined
  let stopped = false

  const emit = (progress: number) => {
    if (stopped || progress <= last) return
    last = progress
    // A client that went away ends the call by its signal; a lost notification matters to nobody then.
    send({ progress, ...(total === undefined ? {} : { total }), message }).catch(() => undefined)
  }
  const heartbeat = setInterval(() => emit(last + step), heartbeatMs)
  return {
    report(progress) {
      message = progress.message
      total = progress.total
      heartbeat.refresh()
      emit(progress.done)
    },
    stop() {
      stopped = true
      clearInterval(heartbeat)
    },
  }
}
