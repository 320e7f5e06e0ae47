/**
 * Writes the two pages for when a program that is right does not run: `docs/troubleshooting.md`, what bpftrace prints and
 * what to do about it, and `docs/kernels.md`, what needs which kernel and what changed between kernels. From the data
 * that errors are explained and programs are judged by. With `--check` it only says whether they are up to date. Part of
 * `npm run gen`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  builtins,
  type CatalogEntry,
  configKeys,
  functions,
  probeTypes,
  syntax,
} from '../analyzers/bpftrace/catalog/index.ts'
import { type KernelChange, kernelChanges } from '../analyzers/bpftrace/catalog/kernel-changes.ts'
import { knownErrors } from '../analyzers/trace/errors/catalog.ts'
import { explainStderr } from '../analyzers/trace/errors/explain-stderr.ts'
import type { ErrorCategory } from '../analyzers/trace/errors/known-error.ts'
import { root } from './shared/paths.ts'

const written = '<!-- Written by `npm run gen`: do not edit. -->'
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

const categories: Readonly<Record<ErrorCategory, string>> = {
  permission: 'Rights',
  environment: 'The machine',
  unsupported: 'Not in this kernel or bpftrace',
  attach: 'Probes that cannot be attached',
  verifier: 'The verifier',
  resource: 'Limits',
  lost_events: 'Lost events',
  timeout: 'Time',
  killed: 'Ended from outside',
  syntax: 'Syntax',
  type: 'Types',
  internal: 'bpftrace itself',
}

function troubleshooting(): string {
  const sections = Object.entries(categories).flatMap(([category, title]) => {
    const errors = knownErrors.filter((error) => error.category === category && error.samples !== undefined)
    const entries = errors.map(({ samples: [sample = ''] = [] }) => entry(sample))
    return entries.length === 0 ? [] : [`## ${title}`, ...entries]
  })
  const head = `# Troubleshooting

What bpftrace and the kernel print when a program does not run as it should, with the cause and the next step. \`tracewright call bpftrace.explain_error\` and the tool of the same name over MCP say the same for any output, with the names in it, and with the place when they get the program too.`
  return `${[head, ...sections, written].join('\n\n')}\n`
}

function entry(printed: string): string {
  const [explained] = explainStderr(printed)
  if (explained === undefined) throw new Error(`a sample that nothing explains: ${printed}`)
  return `\`\`\`text\n${printed.trim()}\n\`\`\`\n\n${explained.cause} *Next:* ${explained.nextStep}`
}

function kernels(): string {
  const called = functions.map((entry) => ({ ...entry, name: `${entry.name}()` }))
  const all: readonly CatalogEntry[] = [...probeTypes, ...builtins, ...called, ...configKeys, ...syntax]
  const needs = all
    .flatMap(({ name, kernel }) => (kernel === undefined ? [] : [{ name, ...kernel }]))
    .toSorted((a, b) => byRelease(a.since, b.since) || (a.name < b.name ? -1 : 1))
  const options = Map.groupBy(probeTypes, ({ name }) => name)
  const optionRows = [...options].flatMap(([name, forms]) => {
    const needed = new Set(forms.flatMap(({ kernelConfig = [] }) => kernelConfig))
    return needed.size === 0 ? [] : [[`\`${name}\``, [...needed].map((option) => `\`${option}\``).join(', ')]]
  })
  const changes = Object.entries(kinds).flatMap(([kind, title]) => {
    const found = kernelChanges.filter((change) => change.kind === kind)
    return [`### ${title}`, table(['Name', 'From', 'Gone', 'Instead', 'Source'], found.map(changeRow))]
  })
  return `${[
    `# Kernels

What a program needs of the kernel, and what changed between kernels. Releases are those of Linux; distributions carry some changes to older ones. The checker warns of what is amiss: \`tracewright check --kernel 5.10\` judges for a release, \`--kernel live\` for the machine at hand.`,
    '## What came with which kernel',
    table(
      ['In a program', 'Linux', 'Because'],
      firstOf(needs).map(({ name, since, because = '' }) => [`\`${name}\``, since, because]),
    ),
    '## Options the kernel is built with',
    table(['Probe type', 'Options'], optionRows),
    '## What changed between kernels',
    'A probe or a field that one kernel has may be missing, renamed or never used in another. *From* is the first release that has it, *gone* the first that has not.',
    ...changes,
    written,
  ].join('\n\n')}\n`
}

/** Several forms of one probe type that came with the same kernel are one line. */
function firstOf<T extends { readonly name: string; readonly since: string }>(needs: readonly T[]): T[] {
  return needs.filter(
    ({ name, since }, at) => needs.findIndex((each) => each.name === name && each.since === since) === at,
  )
}

const kinds: Readonly<Record<KernelChange['kind'], string>> = {
  function: 'Functions',
  tracepoint: 'Tracepoints',
  argument: 'Arguments of tracepoints',
  member: 'Members of structures',
}

function changeRow({ name, from, gone, how, before, after, note, source }: KernelChange): string[] {
  const instead = [
    before === undefined ? undefined : `\`${before}\` before`,
    after === undefined ? undefined : `\`${after}\` after`,
    note,
  ].filter((part) => part !== undefined)
  const went = gone === undefined || how === undefined ? (gone ?? '') : `${gone} (${how})`
  return [`\`${name}\``, from ?? '', went, instead.join('; '), source]
}

function byRelease(left: string, right: string): number {
  const [a = 0, b = 0, c = 0, d = 0] = [...left.split('.'), ...right.split('.')].map(Number)
  return a - c || b - d
}

const pages = new Map([
  ['docs/troubleshooting.md', troubleshooting()],
  ['docs/kernels.md', kernels()],
])
for (const [name, text] of pages) {
  const file = path.join(root, name)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  if (process.argv.includes('--check')) {
    console.error(`${name} is out of date: run \`npm run gen\``)
    process.exitCode = 1
  } else writeFileSync(file, text)
}
