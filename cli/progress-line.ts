/** One line on a terminal's stderr that shows how far a long call is. Silent elsewhere. */
import type { ReportProgress } from '../tools/tool.ts'
import type { Io } from './command.ts'

export function showProgress(io: Io): { readonly report: ReportProgress; clear(): void } {
  if (!io.showsProgress) return { report: () => undefined, clear: () => undefined }
  let isShown = false
  return {
    report({ done, total, message }) {
      isShown = true
      io.error(`\r\x1b[K${total === undefined ? '' : `${Math.round((100 * done) / Math.max(1, total))}% `}${message}`)
    },
    clear() {
      if (isShown) io.error('\r\x1b[K')
    },
  }
}
