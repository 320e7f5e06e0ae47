/** Progress of what the server does unasked, for clients that show it: nothing for what is over soon. */
import type { Session } from './session.ts'

/** Shorter work is done before anyone would have read what it is. */
const patienceMs = 500

export async function showProgress(session: Session, title: string, work: Promise<unknown>): Promise<void> {
  if (!session.client.window?.workDoneProgress) return
  let over = false
  const finished = work.then(
    () => undefined,
    () => undefined,
  )
  const show = async () => {
    const progress = await session.connection.window.createWorkDoneProgress()
    if (over) return
    progress.begin(title)
    await finished
    progress.done()
  }
  const timer = setTimeout(() => {
    show().catch((error: unknown) => session.log.warn(`no progress is shown: ${String(error)}`))
  }, patienceMs)
  await finished
  over = true
  clearTimeout(timer)
}
