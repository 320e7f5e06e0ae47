/**
 * Reads the settings of every workspace folder and finds out what they mean on this machine: folders may be judged for
 * different versions.
 */
import type { Session } from './session.ts'
import { parseSettings, serverSettings } from './settings.ts'
import type { Basis } from './snapshot.ts'
import type { TargetResolver } from './target.ts'

export const section = 'tracewright'

/** By folder address, '' for what lies in none. `pushed` is what a client sent that cannot be asked. */
export async function loadBases(
  session: Session,
  resolveTarget: TargetResolver,
  pushed: unknown,
): Promise<ReadonlyMap<string, Basis>> {
  const folders = ['', ...session.workspaceFolders]
  const entries = folders.map(async (folder): Promise<[string, Basis]> => {
    const raw = await rawSettings(session, folder, pushed)
    const settings = parseSettings(serverSettings, raw, (message) => session.log.warn(message))
    return [folder, { settings, target: await resolveTarget(settings, session.trusted) }]
  })
  return new Map(await Promise.all(entries))
}

async function rawSettings({ client, connection }: Session, folder: string, pushed: unknown): Promise<unknown> {
  if (!client.workspace?.configuration) {
    return typeof pushed === 'object' && pushed !== null ? Reflect.get(pushed, section) : undefined
  }
  return connection.workspace.getConfiguration(folder ? { section, scopeUri: folder } : { section })
}
