/**
 * Writes the registries that are nothing but folder listings, so that adding a rule or a template touches one file: each
 * file's default export becomes an entry of the list, sorted by file name. With `--check` it only says whether the files
 * are up to date. Part of `npm run gen`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './shared/paths.ts'

interface Listing {
  readonly folder: string
  readonly target: string
  /** Name of the exported list, and the type of its entries with the module it comes from. */
  readonly list: string
  readonly type: string
  readonly typeModule: string
}

const listings: readonly Listing[] = [
  {
    folder: 'analyzers/bpftrace/rules/all',
    target: 'analyzers/bpftrace/rules/rules.generated.ts',
    list: 'rules',
    type: 'Rule',
    typeModule: './rule.ts',
  },
  {
    folder: 'analyzers/bpftrace/migrate/all',
    target: 'analyzers/bpftrace/migrate/migrations.generated.ts',
    list: 'migrations',
    type: 'Migration',
    typeModule: './migration.ts',
  },
]

function source({ folder, target, list, type, typeModule }: Listing): string {
  const names = readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
  const relative = path.relative(path.dirname(target), folder)
  const variable = (name: string) =>
    name.replace(/\.ts$/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  return [
    '// Written by scripts/generate-listings.ts from the folder listing: do not edit.',
    ...names.map((name) => `import ${variable(name)} from './${relative}/${name}'`),
    `import type { ${type} } from '${typeModule}'`,
    '',
    `export const ${list}: readonly ${type}[] = [`,
    ...names.map((name) => `  ${variable(name)},`),
    ']',
    '',
  ].join('\n')
}

for (const listing of listings) {
  const target = path.join(root, listing.target)
  if (!process.argv.includes('--check')) writeFileSync(target, source(listing))
  else if (readFileSync(target, 'utf8') !== source(listing)) {
    console.error(`${listing.target} is out of date: run \`npm run gen\``)
    process.exitCode = 1
  }
}
