/**
 * Bringing profiles, folders and zip archives of them into the store, as a person sees it: progress that can be
 * cancelled, what came of it, and what was wrong with which file.
 */
import { basename } from 'node:path'
import { l10n, ProgressLocation, type Uri, window } from 'vscode'
import { guarded } from './guarded.ts'
import type { Store } from './store.ts'

/** Asks which, and returns the handles of what was stored. */
export async function importChosen(store: Store): Promise<string[]> {
  const chosen = await window.showOpenDialog({
    canSelectMany: true,
    canSelectFolders: true,
    canSelectFiles: true,
    openLabel: l10n.t('Import'),
    title: l10n.t('Profiles, folders or zip archives'),
  })
  return importAll(store, chosen ?? [])
}

/** One that is no profile keeps none of the others out; who cancels one wants none of the rest. */
export async function importAll(store: Store, uris: readonly Uri[]): Promise<string[]> {
  const handles: string[] = []
  let isCancelled = false
  for (const uri of uris) {
    await guarded(async () => {
      const stored = await importOne(store, uri)
      isCancelled = stored === undefined
      handles.push(...(stored ?? []))
    }, basename(uri.path))
    if (isCancelled) break
  }
  return handles
}

/** `undefined` when it was cancelled. */
async function importOne(store: Store, uri: Uri): Promise<string[] | undefined> {
  if (uri.scheme !== 'file') {
    throw new Error(l10n.t('Only files on the disk of this machine can be stored; {0} is not.', uri.toString(true)))
  }
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Importing profiles'),
    cancellable: true,
  }
  const imported = await window.withProgress(options, (progress, token) => {
    let shown = 0
    return store.import(uri.fsPath, token, ({ done, total = 0, message }) => {
      const percent = total === 0 ? 0 : Math.floor((100 * done) / total)
      progress.report({ message, increment: Math.max(0, percent - shown) })
      shown = Math.max(shown, percent)
    })
  })
  if (imported === undefined) return undefined
  const { profiles, skipped } = imported
  if (skipped > 0) {
    const [stored, all] = [profiles.length, profiles.length + skipped]
    void window.showWarningMessage(l10n.t('Stored {0} of {1} files; the rest are not profiles.', stored, all))
  }
  return profiles.map(({ handle }) => handle)
}
