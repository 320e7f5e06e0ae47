/**
 * Reads settings by the keys of the one schema, so that no code can ask for a key that the manifest lacks. Defaults come
 * from the manifest, which is written from that schema; the schema itself is only a type here, for evaluating it costs
 * more than all of activation.
 */
import { workspace } from 'vscode'
import type { SettingValues } from '../language-server/settings.ts'
import type { settings } from './settings-schema.ts'

export type Settings = SettingValues<typeof settings>

/** The value users have set, or the default where they have written something of another type. */
export function readSetting<K extends keyof Settings>(key: K): Settings[K] {
  const configuration = workspace.getConfiguration('tracewright')
  const value = configuration.get<Settings[K]>(key)
  const standard = configuration.inspect<Settings[K]>(key)?.defaultValue
  if (value !== undefined && typeof value === typeof standard) return value
  if (standard === undefined) throw new Error(`the manifest has no default for ${key}`)
  return standard
}
