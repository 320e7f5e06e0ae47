/**
 * Writes `docs/language/` from the catalog and `docs/diagnostics/` from the objects of the diagnostics and rules, one page
 * for each code. With `--check` it only says whether they are up to date. Part of `npm run gen`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  type BuiltinEntry,
  builtins,
  type CatalogEntry,
  type ConfigEntry,
  configKeys,
  environmentVariables,
  type FunctionEntry,
  functions,
  type MigrationEntry,
  migrations,
  type ProbeTypeEntry,
  probeTypes,
  type SyntaxEntry,
  syntax,
} from '../analyzers/bpftrace/catalog/index.ts'
import { formatSignature } from '../analyzers/bpftrace/describe.ts'
import { diagnosticPage, explainedCodes } from '../analyzers/bpftrace/diagnostic-page.ts'
import { compareVersions, oldestVersion, requireVersion } from '../analyzers/bpftrace/version.ts'
import { root } from './shared/paths.ts'

const folders = { language: path.join(root, 'docs', 'language'), diagnostics: path.join(root, 'docs', 'diagnostics') }
const written = 'Written by `npm run gen`: do not edit.'

const fence = (program: string) => `\`\`\`bpftrace\n${program}\n\`\`\``
const paragraphs = (...parts: readonly (string | undefined)[]) =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n')

function lifetime(entry: CatalogEntry): string {
  const facts = [
    entry.since === '0.9' ? 'In every version' : `Since ${entry.since}`,
    entry.deprecatedIn === undefined ? undefined : `deprecated in ${entry.deprecatedIn}`,
    entry.removedIn === undefined ? undefined : `removed in ${entry.removedIn}`,
    entry.replacedBy === undefined ? undefined : `replaced by \`${entry.replacedBy}\``,
    entry.kernel === undefined
      ? undefined
      : `needs Linux ${entry.kernel.since}${entry.kernel.because === undefined ? '' : ` (${entry.kernel.because})`}`,
  ]
  return `${facts.filter((fact) => fact !== undefined).join('; ')}.`
}

function entrySection(entry: CatalogEntry, heading: string, ...facts: readonly (string | undefined)[]): string {
  return paragraphs(
    `## ${heading}`,
    entry.description,
    lifetime(entry),
    ...facts,
    entry.notes,
    entry.example === undefined ? undefined : fence(entry.example),
    entry.classicExample === undefined || entry.classicExample === entry.example
      ? undefined
      : `For 0.17:\n\n${fence(entry.classicExample)}`,
  )
}

const where = (validIn: readonly string[]) =>
  validIn.includes('*') ? undefined : `Valid in: ${validIn.map((name) => `\`${name}\``).join(', ')}.`
const codes = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ')

function probeSection(entry: ProbeTypeEntry): string {
  return entrySection(
    entry,
    `\`${entry.name}\`${entry.id === entry.name ? '' : ` (${entry.id})`}`,
    `Forms: ${codes(entry.syntax)}.`,
    entry.shortNames.length > 0 ? `Short: ${codes(entry.shortNames)}.` : undefined,
    entry.exposes.length > 0 ? `Gives: ${entry.exposes.join('; ')}.` : undefined,
  )
}

const builtinSection = (entry: BuiltinEntry) =>
  entrySection(entry, `\`${entry.name}\``, `Type: \`${entry.type}\`.`, where(entry.validIn))

function functionSection(entry: FunctionEntry): string {
  return entrySection(
    entry,
    `\`${entry.name}\``,
    fence(entry.signatures.map((signature) => formatSignature(entry.name, signature)).join('\n')),
    entry.mode === 'async' ? 'Asynchronous: bpftrace does it later, in user space.' : undefined,
    entry.unsafe ? 'Needs `--unsafe`.' : undefined,
    where(entry.validIn),
  )
}

const syntaxSection = (entry: SyntaxEntry) =>
  entrySection(entry, entry.name.replaceAll('_', ' '), entry.form === undefined ? undefined : `Form: \`${entry.form}\``)

const configSection = (entry: ConfigEntry) =>
  entrySection(
    entry,
    `\`${entry.name}\``,
    `Type: ${entry.type}${entry.default === undefined ? '' : `; default: \`${entry.default}\``}${entry.allowed === undefined ? '' : `; allowed: ${codes(entry.allowed)}`}.`,
  )

function migrationSection(entry: MigrationEntry): string {
  return paragraphs(
    `## ${entry.title}`,
    `${entry.changedIn === null ? '' : `Changed in ${entry.changedIn}. `}${entry.description}`,
    entry.before === undefined ? undefined : `Before:\n\n${fence(entry.before)}`,
    entry.after === undefined ? undefined : `After:\n\n${fence(entry.after)}`,
    entry.notes,
  )
}

/** What no version changed comes first; what changed together stays in the order of the table. */
const changed = ({ changedIn }: MigrationEntry) => (changedIn === null ? oldestVersion : requireVersion(changedIn))

const page = (title: string, introduction: string, sections: readonly string[]) =>
  `${paragraphs(`# ${title}`, introduction, ...sections, `<!-- ${written} -->`)}\n`

/** Path → text as it should be. */
export function documents(): ReadonlyMap<string, string> {
  const all = explainedCodes
  const language = (name: string) => path.join(folders.language, name)
  const index = all.map(
    ({ code, title, origin, severity }) =>
      `| [${code}](${code}.md) | ${title.replaceAll('|', '\\|')} | ${severity} | ${origin} |`,
  )
  return new Map([
    [
      language('probes.md'),
      page('Probe types', 'How attach points are written and what they give.', probeTypes.map(probeSection)),
    ],
    [
      language('builtins.md'),
      page('Builtin variables', 'Values that every program can read.', builtins.map(builtinSection)),
    ],
    [
      language('functions.md'),
      page(
        'Functions',
        'Functions, map functions and the macros of the standard library.',
        functions.map(functionSection),
      ),
    ],
    [language('syntax.md'), page('Syntax', 'The constructs of the language.', syntax.map(syntaxSection))],
    [
      language('config.md'),
      page(
        'Settings',
        'Keys of the `config` block, then environment variables.',
        [...configKeys, ...environmentVariables].map(configSection),
      ),
    ],
    [
      language('changes.md'),
      page(
        'What changed between versions',
        'Changes that a program can notice, oldest first.',
        migrations.toSorted((a, b) => compareVersions(changed(a), changed(b))).map(migrationSection),
      ),
    ],
    [
      path.join(folders.diagnostics, 'README.md'),
      page('Diagnostics', 'Everything that Tracewright reports of a bpftrace program.', [
        ['| code | what | level | origin |', '| --- | --- | --- | --- |', ...index].join('\n'),
      ]),
    ],
    ...all.map((each): [string, string] => [
      path.join(folders.diagnostics, `${each.code}.md`),
      page(each.title, '', diagnosticPage(each)),
    ]),
  ])
}

if (import.meta.main) {
  const wanted = documents()
  const check = process.argv.includes('--check')
  const complain = (file: string) => {
    console.error(`${path.relative(root, file)} is out of date: run \`npm run gen\``)
    process.exitCode = 1
  }
  for (const folder of Object.values(folders)) {
    mkdirSync(folder, { recursive: true })
    for (const name of readdirSync(folder)) {
      const file = path.join(folder, name)
      if (wanted.has(file)) continue
      if (check) complain(file)
      else rmSync(file)
    }
  }
  for (const [file, text] of wanted) {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
    if (check) complain(file)
    else writeFileSync(file, text)
  }
}
