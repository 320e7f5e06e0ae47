/** What happens when something that a person has asked for fails: what, why, and where more is. */
import { l10n, window } from 'vscode'
import { log } from './log.ts'
import { ThreadError } from './thread.ts'

/** `subject` is what it was done with, where that is not plain from the message, a file for one. */
export async function guarded(run: () => Promise<void>, subject?: string): Promise<void> {
  try {
    await run()
  } catch (error) {
    // Whoever goes on with the next thing need not wait until the message has been closed.
    void report(error, subject)
  }
}

async function report(error: unknown, subject: string | undefined): Promise<void> {
  const failure = error instanceof ThreadError ? error.failure : undefined
  const reason = failure?.message ?? (error instanceof Error ? error.message : String(error))
  const message = subject === undefined ? reason : `${subject}: ${reason}`
  log().error(failure?.stack || message)
  const show = l10n.t('Show Output')
  const text = failure?.hint ? `${sentence(message)} ${failure.hint}` : message
  if ((await window.showErrorMessage(text, show)) === show) log().show()
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
