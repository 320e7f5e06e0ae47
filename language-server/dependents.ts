/** Which open scripts take in a file: when that one changes on disk, what was known about them no longer holds. */
import { documentLinks } from '../analyzers/bpftrace/document-links.ts'
import { resolveTakenIn } from './imports.ts'
import type { Session } from './session.ts'

/** Whether there was any. */
export function invalidateDependents(session: Session, changed: ReadonlySet<string>): boolean {
  const dependents = session.documents.keys().filter((uri) => {
    const snapshot = session.snapshot(uri)
    return snapshot && documentLinks(snapshot.tree).some((link) => changed.has(resolveTakenIn(uri, link) ?? ''))
  })
  for (const uri of dependents) session.invalidate(uri)
  return dependents.length > 0
}
