/**
 * The language as data, by version: the one place that the checker, completion, hover, migration and the generated
 * documentation read. `catalogFor(version)` answers what exists in a version; the tables themselves carry the dates.
 */
import { atLeast, formatVersion, type Version } from '../version.ts'
import { builtins } from './builtins.ts'
import { configKeys } from './config.ts'
import type {
  BuiltinEntry,
  CatalogEntry,
  ConfigEntry,
  FunctionEntry,
  Lifetime,
  ProbeTypeEntry,
  SyntaxEntry,
} from './entry.ts'
import { environmentVariables } from './environment.ts'
import { functions } from './functions/index.ts'
import { probeTypes } from './probes.ts'
import { syntax } from './syntax/index.ts'

export type {
  BuiltinEntry,
  CatalogEntry,
  ConfigEntry,
  FunctionEntry,
  KernelNeed,
  Lifetime,
  MigrationEntry,
  Parameter,
  ProbeTypeEntry,
  Signature,
  SyntaxEntry,
} from './entry.ts'
export { migrations } from './migrations.ts'
export { keywords, type Operator, operators, type Word } from './words.ts'
export { builtins, configKeys, environmentVariables, functions, probeTypes, syntax }

export type Standing =
  | { readonly kind: 'available' }
  | { readonly kind: 'deprecated'; readonly since: string; readonly replacedBy: string | undefined }
  | { readonly kind: 'not-yet'; readonly since: string }
  | { readonly kind: 'removed'; readonly in: string; readonly replacedBy: string | undefined }

/** How a version stands to an entry. */
export function standing(entry: Lifetime, version: Version): Standing {
  if (!atLeast(version, entry.since)) return { kind: 'not-yet', since: entry.since }
  if (entry.removedIn && atLeast(version, entry.removedIn)) {
    return { kind: 'removed', in: entry.removedIn, replacedBy: entry.replacedBy }
  }
  if (entry.deprecatedIn && atLeast(version, entry.deprecatedIn)) {
    return { kind: 'deprecated', since: entry.deprecatedIn, replacedBy: entry.replacedBy }
  }
  return { kind: 'available' }
}

export interface Catalog {
  readonly version: Version
  /** Only what exists in the version, in the order of the tables. */
  readonly probeTypes: readonly ProbeTypeEntry[]
  readonly builtins: readonly BuiltinEntry[]
  readonly functions: readonly FunctionEntry[]
  readonly syntax: readonly SyntaxEntry[]
  readonly configKeys: readonly ConfigEntry[]
  readonly environmentVariables: readonly ConfigEntry[]
  /** By any spelling: name, short name or alias, with the rules of the version for letter case. */
  probeType(spelling: string): ProbeTypeEntry | undefined
  /** Families too: `arg3` finds `arg0`. */
  builtin(name: string): BuiltinEntry | undefined
  function(name: string): FunctionEntry | undefined
  configKey(name: string): ConfigEntry | undefined
}

const cache = new Map<string, Catalog>()

export function catalogFor(version: Version): Catalog {
  const key = formatVersion(version)
  const known = cache.get(key)
  if (known) return known
  const exists = <Entry extends CatalogEntry>(entries: readonly Entry[]) =>
    entries.filter((entry) => !['not-yet', 'removed'].includes(standing(entry, version).kind))
  const caseless = atLeast(version, '0.24')
  const catalog = build(version, caseless, {
    probeTypes: exists(probeTypes),
    builtins: exists(builtins),
    functions: exists(functions),
    syntax: exists(syntax),
    configKeys: exists(configKeys),
    environmentVariables: exists(environmentVariables),
  })
  cache.set(key, catalog)
  return catalog
}

type Tables = Omit<Catalog, 'version' | 'probeType' | 'builtin' | 'function' | 'configKey'>

function build(version: Version, caseless: boolean, tables: Tables): Catalog {
  const probeSpellings = new Map<string, ProbeTypeEntry>()
  for (const entry of tables.probeTypes) {
    for (const spelling of [entry.name, ...entry.aliases, ...entry.shortNames]) {
      // The short name of usdt is U; lower-cased it would be that of uprobe, so exact spellings come first.
      if (!probeSpellings.has(spelling)) probeSpellings.set(spelling, entry)
    }
  }
  const builtinsByName = new Map(tables.builtins.map((entry) => [entry.name, entry]))
  const families = tables.builtins
    .filter((entry) => entry.namePattern)
    .map((entry) => ({ pattern: new RegExp(`^(?:${entry.namePattern})$`), entry }))
  const functionsByName = new Map(tables.functions.map((entry) => [entry.name, entry]))
  const keysByName = new Map(tables.configKeys.map((entry) => [entry.name, entry]))
  return {
    version,
    ...tables,
    probeType: (spelling) =>
      probeSpellings.get(spelling) ?? (caseless ? probeSpellings.get(spelling.toLowerCase()) : undefined),
    builtin: (name) => builtinsByName.get(name) ?? families.find(({ pattern }) => pattern.test(name))?.entry,
    function: (name) => functionsByName.get(name),
    configKey: (name) => keysByName.get(name.toLowerCase().replace(/^bpftrace_/, '')),
  }
}
