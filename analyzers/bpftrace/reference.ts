/**
 * The catalog as reading matter: one Markdown page for a name, and an overview of all names with a line each. For whoever
 * writes programs without an editor's hover. Knows nothing of where the pages are shown.
 */
import {
  builtins,
  type CatalogEntry,
  configKeys,
  functions,
  probeTypes,
  type Signature,
  type SyntaxEntry,
  syntax,
} from './catalog/index.ts'
import {
  codeBlock,
  describeBuiltin,
  describeConfig,
  describeFunction,
  describeProbe,
  formatSignature,
} from './describe.ts'
import { formatVersion, type Version } from './version.ts'

interface Page {
  readonly name: string
  readonly text: string
}

/** Every name that has a page, once, in alphabetical order. */
export const referenceNames: readonly string[] = [
  ...new Set([...probeTypes, ...builtins, ...functions, ...configKeys, ...syntax].map(({ name }) => name)),
].sort()

/** What all entries of this name say, or undefined where there is none: `kstack` is a builtin and a function. */
export function referencePage(name: string, version: Version): string | undefined {
  const found = pages(version).filter((page) => page.name === name)
  if (found.length === 0) return undefined
  return `${[`# ${name}`, ...found.map(({ text }) => text)].join('\n\n')}\n`
}

function pages(version: Version): Page[] {
  return [
    ...probeTypes.map((entry) => pageOf(entry, describeProbe(entry, version))),
    ...builtins.map((entry) => pageOf(entry, describeBuiltin(entry, version))),
    ...functions.map((entry) => pageOf(entry, describeFunction(entry, version))),
    ...configKeys.map((entry) => pageOf(entry, describeConfig(entry, version))),
    ...syntax.map((entry) => pageOf(entry, describeSyntax(entry))),
  ]
}

function pageOf(entry: CatalogEntry, description: string): Page {
  const older = entry.classicExample === entry.example ? undefined : entry.classicExample
  const parts = [
    description,
    entry.example === undefined ? undefined : `Example:\n\n${codeBlock(entry.example)}`,
    older === undefined ? undefined : `For 0.17:\n\n${codeBlock(older)}`,
  ]
  return { name: entry.name, text: parts.filter((part) => part !== undefined).join('\n\n') }
}

function describeSyntax(entry: SyntaxEntry): string {
  const form = entry.form === undefined ? undefined : codeBlock(entry.form)
  return [form, entry.description, dates(entry), entry.notes].filter((part) => part !== undefined).join('\n\n')
}

/** All names with one line each; longer than a screen, shorter than a manual. */
export function referenceOverview(version: Version): string {
  const section = (title: string, lines: readonly string[]) => `## ${title}\n\n${lines.join('\n')}`
  return `${[
    `# The bpftrace language`,
    `As of bpftrace ${formatVersion(version)}; each name has its page \`bpftrace://reference/NAME\` with an example.`,
    section(
      'Probe types',
      probeTypes.map((entry) => line(entry.syntax[0] ?? entry.name, entry)),
    ),
    section(
      'Builtin variables',
      builtins.map((entry) => line(`${entry.name}: ${entry.type}`, entry)),
    ),
    section(
      'Functions',
      functions.map((entry) => line(signatureOf(entry.name, entry.signatures), entry)),
    ),
    section(
      'Settings of the `config` block',
      configKeys.map((entry) => line(`${entry.name}: ${entry.type}`, entry)),
    ),
    section(
      'Constructs',
      syntax.map((entry) => line(entry.form ?? entry.name, entry)),
    ),
  ].join('\n\n')}\n`
}

function signatureOf(name: string, signatures: readonly Signature[]): string {
  const [first] = signatures
  return first === undefined ? `${name}()` : formatSignature(name, first)
}

function line(form: string, entry: CatalogEntry): string {
  const when = dates(entry)
  return `- \`${form.replaceAll(/\s+/g, ' ')}\` ${firstSentence(entry.description)}${when === undefined ? '' : ` ${when}`}`
}

function dates({ since, deprecatedIn, removedIn, replacedBy }: CatalogEntry): string | undefined {
  const facts = [
    since === '0.9' ? undefined : `since ${since}`,
    deprecatedIn === undefined ? undefined : `deprecated in ${deprecatedIn}`,
    removedIn === undefined ? undefined : `removed in ${removedIn}`,
    replacedBy === undefined ? undefined : `use ${replacedBy}`,
  ].filter((fact) => fact !== undefined)
  return facts.length === 0 ? undefined : `(${facts.join(', ')})`
}

/** Up to the first end of a sentence; a dot inside a name or a number is none. */
function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0].replaceAll(/\s+/g, ' ') ?? text
}
