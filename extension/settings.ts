/**
 * Reads settings by the keys of the one schema, so that no code can ask for a key that the manifest lacks.
 */
import { workspace } from 'vscode'
import type { SettingValues } from '../language-server/settings.ts'
import { settings } from './settings-schema.ts'

export type Settings = SettingValues<typeof settings>

/** The value users have set, or the default where they have written something else. */
export function readSetting<K extends keyof Settings>(key: K): Settings[K] {
  const schema = settings[key].type
  const parsed = schema.safeParse(workspace.getConfiguration('tracewright').get(key))
  // `key` picks the schema and the type alike; TypeScript does not relate the two.
  return (parsed.success ? parsed.data : schema.parse(undefined)) as Settings[K]
}
