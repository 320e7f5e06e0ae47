/**
 * Pieces that many templates share: filters, keys, units and the printing of results. All of them give program text in
 * the newest spelling.
 */
import { cgroup, choice, comm, type Duration, integer, optionalDuration, pid } from './parameters.ts'

/** Which processes: for events that happen in the context of the process they are about. */
export const processFilters = { pid: pid(), comm: comm(), cgroup: cgroup() } as const

export interface ProcessFilters {
  readonly pid: number | undefined
  readonly comm: string | undefined
  readonly cgroup: string | number | undefined
}

export function processConditions(filters: ProcessFilters): string[] {
  const conditions: string[] = []
  if (filters.pid !== undefined) conditions.push(`pid == ${filters.pid}`)
  if (filters.comm !== undefined) conditions.push(`comm == ${quoted(filters.comm)}`)
  if (typeof filters.cgroup === 'number') conditions.push(`cgroup == ${filters.cgroup}`)
  if (typeof filters.cgroup === 'string') conditions.push(`cgroup == cgroupid(${quoted(filters.cgroup)})`)
  return conditions
}

/** A predicate of all conditions, or nothing. */
export function where(...conditions: readonly (string | readonly string[])[]): string {
  const all = conditions.flat()
  return all.length === 0 ? '' : `/${all.join(' && ')}/`
}

/** A string literal of the language. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

const keyExpressions = {
  comm: 'comm',
  process: 'pid, comm',
  thread: 'tid, comm',
  user: 'uid',
  cgroup: 'cgroup',
  cpu: 'cpu',
  'kernel stack': 'kstack',
  'user stack': 'ustack',
} as const
export type Key = keyof typeof keyExpressions

const keys = ['comm', 'process', 'thread', 'user', 'cgroup', 'cpu', 'kernel stack', 'user stack'] as const

export const keyParameter = (fallback: Key = 'comm') =>
  choice({ description: 'What results are grouped by', choices: keys, default: fallback })

export const keyText = (key: Key): string => keyExpressions[key]

const divisors = { ns: 1, us: 1_000, ms: 1_000_000, s: 1_000_000_000 } as const
export type Unit = keyof typeof divisors
const units = ['ns', 'us', 'ms', 's'] as const

export const unitParameter = (fallback: Unit = 'us') =>
  choice({ description: 'Unit of times in the output', choices: units, default: fallback })

/** Nanoseconds, as an expression, in a unit. */
export function inUnit(nanoseconds: string, unit: Unit): string {
  if (unit === 'ns') return nanoseconds
  const dividend = /^\$\w+$/.test(nanoseconds) ? nanoseconds : `(${nanoseconds})`
  return `${dividend} / ${divisors[unit]}`
}

/** The literal of a duration. */
export const durationText = ({ count, unit }: Duration): string =>
  unit === 'm' || unit === 'h' ? `${count * (unit === 'm' ? 60 : 3600)}s` : `${count}${unit}`

export const intervalParameter = () =>
  optionalDuration({
    description: 'Print and start afresh after every such time; without it everything is printed once, at the end',
    minimum: '100ms',
  })

export const topParameter = (fallback = 10) =>
  integer({ description: 'How many of the largest are printed', default: fallback, maximum: 10_000 })

export interface Results {
  readonly maps: readonly string[]
  /** Only the largest are printed. */
  readonly top?: number
  /** Print and start afresh after every such time. */
  readonly interval?: Duration | undefined
  /** Maps that only remember where something began. */
  readonly forget?: readonly string[]
}

/** The probes that print: at intervals where those are wanted, and at the end where bpftrace alone would not do. */
export function results({ maps, top, interval, forget = [] }: Results): string {
  const print = maps.map((map) => `print(${map}${top === undefined ? '' : `, ${top}`}); clear(${map});`).join(' ')
  const every = interval === undefined ? '' : `${timer(interval)} { time("%H:%M:%S\\n"); ${print} }\n`
  const last = `${top === undefined ? '' : `${print} `}${forget.map((map) => `clear(${map});`).join(' ')}`
  return last === '' ? every : `${every}end { ${last} }`
}

/** Whole seconds where they are, else milliseconds: timers know both in every version. */
export function timer(interval: Duration): string {
  const milliseconds = Math.max(1, Math.round(interval.nanoseconds / 1e6))
  return milliseconds % 1000 === 0 ? `interval:${milliseconds / 1000}s` : `interval:${milliseconds}ms`
}

/** A path as a part of an attach point; in quotes where older versions would not read it otherwise. */
export function pathText(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `"${path}"`
}
