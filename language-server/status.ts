/** Tells the client what programs are judged for, so that it can be shown. Clients that do not know it ignore it. */
import { formatVersion, newestVersion, oldestVersion } from '../analyzers/bpftrace/version.ts'
import { type ServerStatus, statusNotification } from './protocol.ts'
import type { Session } from './session.ts'

export function sendStatus(session: Session): void {
  // The editor shows one item; with several folders it is that of the first.
  const [folder = ''] = session.workspaceFolders
  const { version, why, kernel } = session.basisOf(folder).target
  const status: ServerStatus = {
    bpftrace: formatVersion(version),
    bpftraceWhy: why,
    kernel: kernel.source.kernel,
    kernelSource: kernel.source.kind,
    kernelWhy: kernel.source.description,
    versions: minorVersions(),
  }
  void session.connection.sendNotification(statusNotification, status)
}

/** Newest first; patch releases are judged like their minor version. */
function minorVersions(): string[] {
  const count = newestVersion.minor - oldestVersion.minor + 1
  return Array.from({ length: count }, (_, age) => `${newestVersion.major}.${newestVersion.minor - age}`)
}
