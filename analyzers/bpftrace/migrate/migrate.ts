/**
 * Rewrites a program for another version: every change of the language between the two is applied in its direction, and
 * what changes in meaning without changing the text is said. The result is formatted like the original wherever the
 * text did not change.
 */
import { lazy } from '../../shared/lazy.ts'
import { analyzeTree } from '../analyze.ts'
import { applyEdits } from '../apply-edits.ts'
import { catalogFor, migrations as changes, type MigrationEntry } from '../catalog/index.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import type { ProgramContext } from '../program-context.ts'
import { collectSymbols } from '../symbols.ts'
import { parse } from '../syntax/parse.ts'
import { atLeast, compareVersions, newestVersion, parseVersion, type Version } from '../version.ts'
import { meaningChanges } from './meaning-changes.ts'
import type { Migration } from './migration.ts'
import { migrations } from './migrations.generated.ts'

export interface MigrateOptions {
  readonly to: Version
  /** The version the program was written for; without it old forms are looked for whatever their age. */
  readonly from?: Version | undefined
  readonly kernel: KernelFacts
}

export interface MigratedProgram {
  readonly program: string
  /** What was rewritten, and what changes in meaning. */
  readonly notes: readonly string[]
}

/** Rewriting one form can bring another to light: `delete(@a[(1, 2)])` takes two rounds. */
const MAX_ROUNDS = 6

export function migrate(source: string, options: MigrateOptions): MigratedProgram {
  const notes = new Set<string>()
  const original = contextOf(source, options)
  let context = original
  let program = source
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = program
    for (const migration of migrations) {
      const rewrite = direction(migration, options)?.(context)
      if (rewrite === undefined) continue
      for (const note of rewrite.notes ?? []) notes.add(note)
      if (rewrite.edits.length === 0) continue
      program = applyEdits(program, rewrite.edits)
      context = contextOf(program, options)
      notes.add(noteOf(migration))
    }
    if (program === before) break
  }
  for (const note of meaningChanges(original, options)) notes.add(note)
  return { program, notes: [...notes] }
}

function direction(migration: Migration, { from, to }: MigrateOptions): Migration['up'] {
  if (atLeast(to, migration.changedIn)) {
    const isOld = from === undefined ? migration.onlyFromOlder !== true : !atLeast(from, migration.changedIn)
    return isOld ? migration.up : undefined
  }
  return migration.down
}

function noteOf({ name, changedIn }: Migration): string {
  const entry: MigrationEntry | undefined = changes.find((each) => each.name === name)
  const title = entry?.title ?? titles[name] ?? name
  return `${title} (bpftrace ${changedIn}).`
}

/** Changes that only matter downwards, where something new is not there yet. */
const titles: Readonly<Record<string, string>> = {
  'config-block': 'The config block became environment variables',
  'bare-conditions': 'Conditions need parentheses',
  'delete-result': '`delete` returned nothing',
  'duration-literals': 'Durations became nanoseconds',
  'has-key': '`has_key` became a look-up',
  'timer-durations': 'Timers name unit and count apart',
  'map-declarations': 'Map declarations were taken out',
}

function contextOf(program: string, { kernel }: MigrateOptions): ProgramContext {
  const tree = parse(program)
  // Types are asked of the newest version, which knows every form; most rewrites look at the tree alone.
  const analysis = lazy(() => analyzeTree(tree, { bpftrace: newestVersion, kernel, unsafe: true }))
  return {
    tree,
    catalog: catalogFor(newestVersion),
    kernel,
    get symbols() {
      return collectSymbols(tree, { blockScoped: true })
    },
    types: { typeOf: (node) => analysis().typeOf(node), map: (name) => analysis().mapType(name) },
  }
}

/** Changes of the catalog that lie between the two versions, oldest first. */
export function changesBetween(from: Version, to: Version): MigrationEntry[] {
  const [low, high] = compareVersions(from, to) < 0 ? [from, to] : [to, from]
  return changes.filter((entry) => {
    const version = entry.changedIn === null ? undefined : parseVersion(entry.changedIn)
    return version !== undefined && compareVersions(version, low) > 0 && compareVersions(version, high) <= 0
  })
}
