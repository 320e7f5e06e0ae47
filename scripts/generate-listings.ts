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
  {
    folder: 'analyzers/bpftrace/templates/all',
    target: 'analyzers/bpftrace/templates/templates.generated.ts',
    list: 'templates',
    type: 'Template',
    typeModule: './template.ts',
  },
  {
    folder: 'analyzers/bpftrace/optimize/all',
    target: 'analyzers/bpftrace/optimize/optimizations.generated.ts',
    list: 'optimizations',
    type: 'Optimization',
    typeModule: './optimization.ts',
  },
]

/** `hot-probe.ts` as a variable: `hotProbe`. */
const variable = (name: string) =>
  name.replace(/\.ts$/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

function source({ folder, target, list, type, typeModule }: Listing): string {
  const names = readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
  const relative = path.relative(path.dirname(target), folder)
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

/** The diagnostics by their codes: a record, because the passes name them by code and give the data that each takes. */
function diagnosticsIndex(): string {
  const folder = path.join(root, 'analyzers/bpftrace/diagnostics')
  const codes = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => readFileSync(path.join(folder, name), 'utf8').includes('export default defineDiagnostic'))
    .map((name) => name.replace(/\.ts$/, ''))
    .sort()
  const imports = [...codes, 'define']
    .sort()
    .map((name) =>
      name === 'define'
        ? "import type { DiagnosticDefinition } from './define.ts'"
        : `import ${variable(name)} from './${name}.ts'`,
    )
  const key = (code: string) => (/^\w+$/.test(code) ? code : `'${code}'`)
  return [
    '/** Every diagnostic by its code, which is the name of its file. Written by scripts/generate-listings.ts: do not edit. */',
    ...imports,
    '',
    'export const diagnostics = {',
    ...codes.map((code) => `  ${key(code)}: ${variable(code)},`),
    '} as const',
    '',
    'export type Code = keyof typeof diagnostics',
    'export type DataOf<C extends Code> = (typeof diagnostics)[C] extends DiagnosticDefinition<infer Data> ? Data : never',
    '',
  ].join('\n')
}

const files = new Map([
  ...listings.map((listing): [string, string] => [listing.target, source(listing)]),
  ['analyzers/bpftrace/diagnostics/index.ts', diagnosticsIndex()],
])
for (const [file, text] of files) {
  const target = path.join(root, file)
  if (!process.argv.includes('--check')) writeFileSync(target, text)
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(`${file} is out of date: run \`npm run gen\``)
    process.exitCode = 1
  }
}
