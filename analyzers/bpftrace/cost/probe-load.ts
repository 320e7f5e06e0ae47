/**
 * How often each attach point of a program fires in a second: exactly for timers, as given for measured probes, typical
 * for well-known ones, and a guess that says so for the rest. Wildcards are counted against the kernel's names.
 */
import { hasName, namesMatching } from '../kernel-names.ts'
import type { ProgramContext } from '../program-context.ts'
import { probeTypeOf } from '../program-context.ts'
import type { AttachPoint } from '../syntax/ast.ts'
import { HOT_PER_CPU, hotProbe, typicalRates } from './hot-probes.ts'

export type RateBasis = 'measured' | 'given' | 'exact' | 'typical' | 'guess'

export interface ProbeLoad {
  readonly attachPoint: AttachPoint
  /** Long name of the provider; empty when nobody knows it. */
  readonly provider: string
  /** Written out with the long provider name: `tracepoint:sched:sched_switch`. */
  readonly full: string
  /** How many probes it expands to; `undefined` when the names are not known here. */
  readonly matches: number | undefined
  readonly eventsPerSecond: number
  readonly basis: RateBasis
  /** What a well-known probe counts. */
  readonly what: string | undefined
  /** Fires so often that every instruction of its program counts. */
  readonly hot: boolean
}

export interface LoadOptions {
  /** Number of CPUs that run programs. */
  readonly cpus: number
  /** Events per second by attach point, as the program writes it or with the long provider name. */
  readonly rates?: Readonly<Record<string, number>> | undefined
  /** The same, as counted on this machine. */
  readonly measured?: Readonly<Record<string, number>> | undefined
}

/** Wildcards beyond this many matches are summed up from a sample. */
const MAX_SUMMED = 5_000
const TIMER_UNITS: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 }
/** Kernel functions that a wildcard meets are mostly cold; this share of the typical rate is what an average one has. */
const WILDCARD_SHARE = 0.1

export function probeLoad(context: ProgramContext, point: AttachPoint, options: LoadOptions): ProbeLoad {
  const entry = probeTypeOf(context.catalog, point)
  const provider = entry?.aliasOf ?? entry?.name ?? ''
  const full = [provider, ...point.parts.slice(1).map((part) => part.text)].join(':')
  const base = { attachPoint: point, provider, full }
  const measured = options.measured?.[point.text.trim()]
  const given = measured ?? options.rates?.[point.text] ?? options.rates?.[full]
  const isTimer = provider === 'profile' || provider === 'interval'
  const names = isTimer ? undefined : matchingNames(context, provider, point)
  const matches = names?.length ?? (hasWildcard(point) ? undefined : 1)
  if (given !== undefined) {
    return {
      ...base,
      matches,
      eventsPerSecond: given,
      basis: measured === undefined ? 'given' : 'measured',
      what: undefined,
      hot: given >= HOT_PER_CPU * options.cpus,
    }
  }
  if (isTimer) {
    const perSecond = timerRate(point)
    const eventsPerSecond = perSecond * (provider === 'profile' ? options.cpus : 1)
    return { ...base, matches: 1, eventsPerSecond, basis: 'exact', what: undefined, hot: perSecond >= HOT_PER_CPU }
  }
  const known = hotProbe(full)
  if (names !== undefined && hasWildcard(point)) {
    const perCpu = summedRate(provider, names)
    return {
      ...base,
      matches,
      eventsPerSecond: perCpu * options.cpus,
      basis: 'typical',
      what: known?.what,
      hot: perCpu >= HOT_PER_CPU,
    }
  }
  const perCpu = known?.perCpu ?? typicalRates[provider] ?? 0
  const divided = perCpu / sampleCount(provider, point)
  return {
    ...base,
    matches,
    eventsPerSecond: divided * options.cpus,
    basis: known === undefined ? 'guess' : 'typical',
    what: known?.what,
    hot: divided >= HOT_PER_CPU,
  }
}

export function hasWildcard(point: AttachPoint): boolean {
  return point.parts.slice(1).some((part) => !part.quoted && /[*?[]/.test(part.text))
}

/** Names with their provider, `undefined` where the names of such probes are not known here. */
function matchingNames(context: ProgramContext, provider: string, point: AttachPoint): readonly string[] | undefined {
  const { kernel } = context
  const parts = point.parts.slice(1).map((part) => part.text)
  switch (provider) {
    case 'tracepoint':
      return filtered(kernel.names('tracepoint'), parts.slice(0, 2).join(':'), kernel.coverage.tracepoints)
    case 'rawtracepoint':
      return filtered(kernel.names('rawtracepoint'), parts.at(-1) ?? '', kernel.coverage.tracepoints)
    case 'kprobe':
    case 'kretprobe':
    case 'fentry':
    case 'fexit':
      return filtered(kernel.names('function'), (parts.at(-1) ?? '').replace(/\+.*$/, ''), kernel.coverage.functions)
    default:
      return undefined
  }
}

function filtered(names: readonly string[], pattern: string, coverage: string): readonly string[] | undefined {
  if (coverage === 'none' || names.length === 0) return undefined
  if (!/[*?[]/.test(pattern)) return hasName(names, pattern) ? [pattern] : undefined
  return namesMatching(names, pattern)
}

/** By the list of names, which is kept as long as its pattern is asked for, and the provider. */
const summed = new WeakMap<readonly string[], Map<string, number>>()

function summedRate(provider: string, names: readonly string[]): number {
  const sums = summed.get(names) ?? new Map<string, number>()
  summed.set(names, sums)
  const known = sums.get(provider) ?? sumOf(provider, names)
  sums.set(provider, known)
  return known
}

function sumOf(provider: string, names: readonly string[]): number {
  const step = Math.max(1, Math.floor(names.length / MAX_SUMMED))
  let sum = 0
  let counted = 0
  for (let i = 0; i < names.length; i += step) {
    counted++
    sum += hotProbe(`${provider}:${names[i]}`)?.perCpu ?? (typicalRates[provider] ?? 0) * WILDCARD_SHARE
  }
  return counted === 0 ? 0 : (sum * names.length) / counted
}

/** `profile:hz:99`, `interval:s:1`, `interval:100ms`: times in a second. */
function timerRate(point: AttachPoint): number {
  const [first = '', second] = point.parts.slice(1).map((part) => part.text)
  if (second !== undefined) {
    const count = Number(second)
    if (!(count > 0)) return 0
    return first === 'hz' ? count : 1 / (count * (TIMER_UNITS[first] ?? 1))
  }
  const duration = /^(\d+)(s|ms|us|ns|hz)?$/.exec(first)
  if (duration === null || Number(duration[1]) === 0) return 0
  const unit = duration[2] ?? 'ns'
  return unit === 'hz' ? Number(duration[1]) : 1 / (Number(duration[1]) * (TIMER_UNITS[unit] ?? 1))
}

/** `software:faults:100` and `hardware:cycles:1000000` fire once in so many events. */
function sampleCount(provider: string, point: AttachPoint): number {
  if (provider !== 'software') return 1
  const count = Number(point.parts[2]?.text ?? '')
  return count > 0 ? count : 1
}
