/**
 * What the catalog knows, as Markdown for people: the signature first, then one paragraph, what to mind, and links. Used
 * by hover and by the long text of a completion item.
 */
import {
  type BuiltinEntry,
  type ConfigEntry,
  type FunctionEntry,
  type Lifetime,
  type ProbeTypeEntry,
  type Signature,
  standing,
} from './catalog/index.ts'
import { configPage, helperPage, manualPage, probePage } from './reference-links.ts'
import { formatVersion, type Version } from './version.ts'

export function codeBlock(text: string, language = 'bpftrace'): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}

function sections(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n')
}

export function links(...pages: readonly (readonly [title: string, address: string | undefined])[]): string {
  return pages.flatMap(([title, address]) => (address ? [`[${title}](${address})`] : [])).join(' · ')
}

export function formatSignature(name: string, { params, returns }: Signature): string {
  const list = params.map(
    ({ name: parameter, type, optional, variadic }) =>
      `${variadic ? '...' : ''}${parameter}${optional && !variadic ? '?' : ''}: ${type}`,
  )
  return `${name}(${list.join(', ')})${returns === 'void' ? '' : `: ${returns}`}`
}

export function describeBuiltin(entry: BuiltinEntry, version: Version, name = entry.name): string {
  const where = entry.validIn.includes('*') ? undefined : `Only in ${list(entry.validIn)} probes.`
  return sections(
    codeBlock(`${name}: ${entry.type}`),
    [entry.description, where].filter(Boolean).join(' '),
    entry.notes,
    lifetime(entry, version),
    links(['Reference', helperPage(entry.name)], ['Manual page', manualPage]),
  )
}

const modes: Readonly<Record<FunctionEntry['mode'], string | undefined>> = {
  sync: undefined,
  async: 'Asynchronous: queued to user space and done there later.',
  'compile-time': 'Computed when the program is compiled.',
}

export function describeFunction(entry: FunctionEntry, version: Version): string {
  const where = entry.validIn.includes('*') ? undefined : `Only in ${list(entry.validIn)} probes.`
  const unsafe = entry.unsafe ? 'Needs `--unsafe`.' : undefined
  return sections(
    codeBlock(entry.signatures.map((signature) => formatSignature(entry.name, signature)).join('\n')),
    [entry.description, modes[entry.mode], where, unsafe].filter(Boolean).join(' '),
    entry.notes,
    lifetime(entry, version),
    links(['Reference', helperPage(entry.name)], ['Manual page', manualPage]),
  )
}

export function describeProbe(entry: ProbeTypeEntry, version: Version): string {
  const short = entry.shortNames.length > 0 ? `Short: ${list(entry.shortNames)}.` : undefined
  return sections(
    codeBlock(entry.syntax.join('\n')),
    [entry.description, short].filter(Boolean).join(' '),
    entry.notes,
    entry.kernel && `Needs Linux ${entry.kernel.since}${entry.kernel.because ? ` (${entry.kernel.because})` : ''}.`,
    lifetime(entry, version),
    links(['Reference', probePage(entry.name)], ['Manual page', manualPage]),
  )
}

export function describeConfig(entry: ConfigEntry, version: Version): string {
  return sections(
    codeBlock(`${entry.name}: ${entry.type}${entry.default ? ` = ${entry.default}` : ''}`),
    entry.description,
    entry.environment && `Also the environment variable \`${entry.environment}\`, which wins.`,
    entry.notes,
    lifetime(entry, version),
    links(['Reference', configPage(entry.name)]),
  )
}

/** What the target version makes of it, when that is not simply "there". */
function lifetime(entry: Lifetime, version: Version): string | undefined {
  const target = formatVersion(version)
  const state = standing(entry, version)
  switch (state.kind) {
    case 'available':
      return entry.since === '0.9' ? undefined : `Since bpftrace ${entry.since}.`
    case 'deprecated':
      return `**Deprecated** since bpftrace ${state.since}${replacement(state.replacedBy)}.`
    case 'not-yet':
      return `**Not in bpftrace ${target}**: it came with ${state.since}.`
    case 'removed':
      return `**Not in bpftrace ${target}**: it was removed in ${state.in}${replacement(state.replacedBy)}.`
  }
}

function replacement(name: string | undefined): string {
  return name ? `; use \`${name}\`` : ''
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}
