/**
 * Attach points level by level: the provider from the catalog, then what the kernel knows (categories and events,
 * functions), or what the catalog lists (events, iterators, units).
 */
import { commonProbeTypes } from '../catalog/common-names.ts'
import type { ProbeTypeEntry } from '../catalog/index.ts'
import { wellKnownFunctions } from '../catalog/well-known-functions.ts'
import type { Binaries } from '../kernel-facts.ts'
import { hasName, namesLike, type SimilarNames } from '../kernel-names.ts'
import { isDeprecated, type ProgramContext } from '../program-context.ts'
import { atLeast } from '../version.ts'
import type { CompletionItem } from './item.ts'

/** A kernel has some sixty thousand functions; more than this many are not listed at once. */
const limit = 300

interface Found {
  readonly items: CompletionItem[]
  readonly incomplete: boolean
}

/** Every probe type, with the colon where more follows. */
export function probeProviders({ catalog }: ProgramContext): CompletionItem[] {
  const seen = new Set<string>()
  return catalog.probeTypes.flatMap((entry): CompletionItem[] => {
    const label = spelling(entry, catalog.version)
    if (seen.has(label)) return []
    seen.add(label)
    const alone = entry.syntax.includes(entry.name)
    const order = commonProbeTypes.indexOf(entry.aliasOf ?? entry.name)
    return [
      {
        label,
        kind: 'probe',
        detail: entry.syntax[0] ?? '',
        insert: alone ? `${label} {\n\t$0\n}` : `${label}:`,
        snippet: alone,
        rank: isDeprecated(catalog, entry) ? 8 : 1,
        ...(order >= 0 && { order }),
        deprecated: isDeprecated(catalog, entry),
        ...(!alone && { next: 'completion' as const }),
        topic: { about: 'probe', name: entry.name },
      },
    ]
  })
}

/** `begin` and `end` had to be written in capitals before 0.24. */
function spelling(entry: ProbeTypeEntry, version: ProgramContext['catalog']['version']): string {
  const capitals = entry.aliases.find((alias) => alias === entry.name.toUpperCase())
  return capitals && !atLeast(version, '0.24') ? capitals : entry.name
}

export function attachPoints(context: ProgramContext, parts: readonly string[]): Found {
  if (parts.length < 2) return all(probeProviders(context))
  const entry = context.catalog.probeType(parts[0] ?? '')
  if (!entry) return all([])
  const written = parts.at(-1) ?? ''
  switch (entry.aliasOf ?? entry.name) {
    case 'tracepoint':
      return parts.length === 2 ? categories(context) : events(context, parts[1] ?? '', written)
    case 'rawtracepoint':
      return capped(namesLike(context.kernel.names('rawtracepoint'), written, limit), 'raw tracepoint')
    case 'kprobe':
    case 'kretprobe':
    case 'fentry':
    case 'fexit':
      return functions(context, parts, written)
    case 'uprobe':
    case 'uretprobe':
      return parts.length === 2 ? targets(context, written) : symbols(context, parts, written)
    case 'usdt':
      return parts.length === 2 ? withAllOfProcess(context, targets(context, written)) : staticProbes(context, parts)
    case 'interval':
    case 'profile':
      return all(timing(entry, parts))
    case 'software':
    case 'hardware':
      return all(perfEvents(entry, parts))
    case 'watchpoint':
    case 'asyncwatchpoint':
      return all(watched(parts))
    case 'iter':
      return all(iterators(entry, parts))
    case 'self':
      return all(selfSignals(parts))
    default:
      return all([])
  }
}

function all(items: CompletionItem[]): Found {
  return { items, incomplete: false }
}

function capped({ names, more }: SimilarNames, detail: string): Found {
  return { items: names.map((name, rank) => eventItem(name, detail, rank)), incomplete: more }
}

/** Their parameters are looked up only for the one that is looked at. */
function cappedFunctions(names: SimilarNames, detail: string): Found {
  const { items, incomplete } = capped(names, detail)
  return {
    items: items.map((item) => ({ ...item, topic: { about: 'kernel-function', name: item.label } })),
    incomplete,
  }
}

function eventItem(label: string, detail: string, rank = 1): CompletionItem {
  return { label, kind: 'event', detail, insert: label, rank }
}

function categories({ kernel }: ProgramContext): Found {
  const counts = new Map<string, number>()
  for (const name of kernel.names('tracepoint')) {
    const category = name.slice(0, name.indexOf(':'))
    counts.set(category, (counts.get(category) ?? 0) + 1)
  }
  return all(
    [...counts].map(([category, count]) => ({
      ...eventItem(category, count === 1 ? '1 event' : `${count} events`),
      insert: `${category}:`,
      next: 'completion',
    })),
  )
}

function events({ kernel }: ProgramContext, category: string, written: string): Found {
  const prefix = `${category}:`
  const names = kernel.names('tracepoint').filter((name) => name.startsWith(prefix))
  const items = names.map((name) => ({
    ...eventItem(name.slice(prefix.length), category),
    topic: { about: 'tracepoint' as const, name },
  }))
  if (category !== 'syscalls') return all(items)
  const calls = callsLike(items, written)
  // What comes first depends on what is written, so each letter asks again.
  return { items: calls.length > 0 ? calls : items, incomplete: true }
}

/**
 * Who writes the name of a system call means its entry first, the call of just that name before longer ones. Editors
 * would prefer the exit, where the name stands one letter nearer to the beginning, so they are told that all match alike.
 */
function callsLike(items: readonly CompletionItem[], written: string): CompletionItem[] {
  if (written === '' || 'sys_e'.startsWith(written) || /^sys_e[nx]/.test(written)) return []
  const low = written.toLowerCase()
  return items.flatMap((item) => {
    const [, side = '', call = ''] = /^sys_(enter|exit)_(.+)$/.exec(item.label) ?? []
    if (!call.includes(low)) return []
    const nearness = call === low ? 0 : call.startsWith(low) ? 2 : 4
    return [{ ...item, rank: nearness + (side === 'enter' ? 0 : 1), filter: written }]
  })
}

function functions({ kernel }: ProgramContext, parts: readonly string[], written: string): Found {
  const all = kernel.names('function')
  const names = written === '' ? wellKnownFirst(all) : namesLike(all, written, limit)
  if (parts.length > 2) return cappedFunctions(names, `function of ${parts[1]}`)
  const found = cappedFunctions(names, 'kernel function')
  const modules = namesLike(kernel.names('module'), written, limit).names
  const moduleItems = modules.map((name) => ({
    ...eventItem(name, 'module', limit + 1),
    insert: `${name}:`,
    next: 'completion' as const,
  }))
  return { items: [...found.items, ...moduleItems], incomplete: found.incomplete }
}

/** Nothing is written yet: tens of thousands of names by the alphabet would begin with what nobody looks for. */
function wellKnownFirst(names: readonly string[]): SimilarNames {
  const found = wellKnownFunctions.filter((name) => hasName(names, name))
  const known = new Set(found)
  for (const name of names) {
    if (found.length === limit) return { names: found, more: true }
    if (/^[a-z]/.test(name) && !known.has(name)) found.push(name)
  }
  return { names: found, more: found.length < names.length }
}

/** Programs and libraries by path, folder by folder. */
function targets({ kernel }: ProgramContext, written: string): Found {
  const { binaries } = kernel
  if (!binaries) return all([])
  if (!written.includes('/')) {
    return all([...processTargets(binaries), ...usualTargets(binaries), ...runningTargets(binaries)])
  }
  const paths = binaries.paths(written)
  const items = paths.slice(0, limit).map((path, rank): CompletionItem => {
    const folder = path.endsWith('/')
    const insert = folder ? path : `${path}:`
    return { ...eventItem(path, folder ? 'folder' : '', rank), insert, next: 'completion' }
  })
  return { items, incomplete: true }
}

/** The root of all paths, and libraries that are found by their bare names. */
function usualTargets(binaries: Binaries): CompletionItem[] {
  const libraries = ['libc', 'libpthread', 'libssl', 'libcrypto', 'libstdc++'].filter((name) =>
    binaries.isThere?.(name),
  )
  return [
    { ...eventItem('/', 'by path', 0), insert: '/', next: 'completion' },
    ...libraries.map((name) => ({
      ...eventItem(name, 'library', 1),
      insert: `${name}:`,
      next: 'completion' as const,
    })),
  ]
}

/** What the process that the program is about has loaded. */
function processTargets({ process }: Binaries): CompletionItem[] {
  return (process?.files ?? []).map((path) => ({
    ...eventItem(path, `process ${process?.pid}`, 0),
    insert: `${path}:`,
    next: 'completion',
  }))
}

function withAllOfProcess({ kernel }: ProgramContext, found: Found): Found {
  const process = kernel.binaries?.process
  if (process === undefined || process.files.length === 0) return found
  const everything: CompletionItem = {
    ...eventItem('*', `every file of process ${process.pid}`, 0),
    insert: '*:',
    next: 'completion',
  }
  return { ...found, items: [everything, ...found.items] }
}

/** Whoever traces a program mostly has it running. */
function runningTargets(binaries: Binaries): CompletionItem[] {
  const listed = new Set(binaries.process?.files)
  const running = (binaries.running?.() ?? []).filter(({ path }) => !listed.has(path))
  return running.map(({ path, pid }) => ({
    ...eventItem(path, `running, pid ${pid}`, 2),
    insert: `${path}:`,
    next: 'completion',
  }))
}

function symbols({ kernel }: ProgramContext, parts: readonly string[], written: string): Found {
  const binary = kernel.binaries?.find(parts[1] ?? '')
  if (binary === undefined) return all([])
  // The client asks again with the next character; by then it may have been read.
  if (binary === 'pending') return { items: [], incomplete: true }
  return capped(namesLike(binary.functions, written, limit), binary.path)
}

function staticProbes({ kernel }: ProgramContext, parts: readonly string[]): Found {
  const binary = kernel.binaries?.find(parts[1] ?? '')
  if (binary === undefined) return all([])
  if (binary === 'pending') return { items: [], incomplete: true }
  const details = new Map<string, string>()
  for (const { provider, name, arguments: count } of binary.usdt) {
    const words = `${count} ${count === 1 ? 'argument' : 'arguments'}`
    if (parts.length === 3) details.set(provider, 'provider').set(name, `${provider}, ${words}`)
    else if (provider === parts[2]) details.set(name, words)
  }
  return all(
    [...details].map(([name, detail]) =>
      detail === 'provider'
        ? { ...eventItem(name, detail), insert: `${name}:`, next: 'completion' as const }
        : eventItem(name, detail, 2),
    ),
  )
}

/** Rates and periods people use, by unit. */
const usualNumbers: Readonly<Record<string, readonly string[]>> = {
  s: ['1', '5', '10', '60'],
  ms: ['100', '500'],
  us: ['100'],
  hz: ['99', '49', '999'],
}

function timing(entry: ProbeTypeEntry, parts: readonly string[]): CompletionItem[] {
  if (parts.length > 2) return (usualNumbers[parts[1] ?? ''] ?? []).map((n, rank) => eventItem(n, '', rank))
  const units = entry.name === 'profile' ? ['hz', 's', 'ms', 'us'] : ['s', 'ms', 'us', 'hz']
  const details = { s: 'seconds', ms: 'milliseconds', us: 'microseconds', hz: 'times a second' }
  return units.map((unit, rank) => ({
    ...eventItem(unit, details[unit as keyof typeof details], rank),
    insert: `${unit}:`,
    next: 'completion',
  }))
}

function perfEvents(entry: ProbeTypeEntry, parts: readonly string[]): CompletionItem[] {
  if (parts.length > 2) {
    const event = entry.events?.find(({ name, alias }) => name === parts[1] || alias === parts[1])
    return event ? [eventItem(String(event.defaultCount), 'default count')] : []
  }
  return (entry.events ?? []).flatMap(({ name, alias, defaultCount }) =>
    [name, ...(alias ? [alias] : [])].map((label) => ({
      ...eventItem(label, alias === label ? name : `every ${defaultCount}`),
      insert: `${label}:`,
      next: 'completion' as const,
    })),
  )
}

function iterators(entry: ProbeTypeEntry, parts: readonly string[]): CompletionItem[] {
  if (parts.length > 2) return []
  return (entry.iterators ?? []).map(({ name, fields }) => eventItem(name, fields.map((f) => `ctx.${f}`).join(', ')))
}

const accesses = { w: 'written', r: 'read', rw: 'read or written', x: 'executed' } as const

/** Behind the address how many bytes are watched, and for what. */
function watched(parts: readonly string[]): CompletionItem[] {
  if (parts.length === 3) {
    return ['8', '4', '2', '1'].map((size, rank) => {
      const detail = size === '1' ? '1 byte' : `${size} bytes`
      return { ...eventItem(size, detail, rank), insert: `${size}:`, next: 'completion' }
    })
  }
  return parts.length === 4 ? Object.entries(accesses).map(([mode, when], rank) => eventItem(mode, when, rank)) : []
}

function selfSignals(parts: readonly string[]): CompletionItem[] {
  if (parts.length === 2) return [{ ...eventItem('signal', ''), insert: 'signal:', next: 'completion' }]
  return [eventItem('SIGUSR1', 'sent to bpftrace itself')]
}
