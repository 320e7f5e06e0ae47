/** What happens when something that a person has asked for fails: what, why, and where more is. */
import { l10n, window } from 'vscode'
import { log } from './log.ts'
import { ThreadError } from './thread.ts'

export async function guarded(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    const failure = error instanceof ThreadError ? error.failure : undefined
    const message = failure?.message ?? (error instanceof Error ? error.message : String(error))
    log().error(failure?.stack || message)
    const show = l10n.t('Show Output')
    const chosen = await window.showErrorMessage([message, failure?.hint ?? ''].filter(Boolean).join(' '), show)
    if (chosen === show) log().show()
  }
}
