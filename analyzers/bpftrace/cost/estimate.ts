/**
 * What a program will cost on a machine: events per second, CPU, map memory, stack. An estimate from typical rates and
 * measured costs of operations, exact only where it says so; rates that were measured on the host replace the typical
 * ones.
 */
import { kernelChange } from '../catalog/kernel-changes.ts'
import type { ProgramContext } from '../program-context.ts'
import type { AttachPoint, Probe } from '../syntax/ast.ts'
import { type MapEstimate, mapEstimates } from './map-estimates.ts'
import { attachNs, coldCache, MESSAGE_NS } from './operation-costs.ts'
import { type LoadOptions, type ProbeLoad, probeLoad } from './probe-load.ts'
import { type ProgramCost, programCost } from './program-cost.ts'
import { stackBytes } from './stack-bytes.ts'

export interface ProbeEstimate {
  readonly load: ProbeLoad
  readonly probe: Probe
  readonly cost: ProgramCost
  /** Bytes of BPF stack that the program takes. */
  readonly stackBytes: number
  /** Percent of one CPU: the program itself and what bpftrace does with its messages. */
  readonly cpuPct: number
  /** Percent of one CPU: reaching the program, which the kernel does not account to it. */
  readonly attachCpuPct: number
}

export interface Estimate {
  readonly eventsPerSecond: number
  /** Percent of one CPU: the programs and what bpftrace does with their messages. */
  readonly cpuPct: number
  /** CPUs that the figures are for. */
  readonly cpus: number
  /** Percent of one CPU: the probe mechanism around the programs. */
  readonly attachCpuPct: number
  /** Bytes the kernel allocates for the maps at their maximum. */
  readonly mapBytes: number
  /** Bytes of BPF stack of the largest program. */
  readonly stackBytes: number
  /** Messages for user space in a second. */
  readonly messagesPerSecond: number
  readonly probes: readonly ProbeEstimate[]
  readonly maps: readonly MapEstimate[]
  /** One or two sentences: how the figures were reached. */
  readonly basis: string
}

const NS_PER_SECOND = 1e9
const PERCENT = 100

export function estimate(context: ProgramContext, options: LoadOptions): Estimate {
  const probes: ProbeEstimate[] = []
  let stack = 0
  for (const item of context.tree.program.items) {
    if (item.kind !== 'Probe') continue
    const bytes = stackBytes(context, item)
    stack = Math.max(stack, bytes)
    const warm = programCost(context, item)
    for (const point of item.attachPoints) {
      const load = onlyOne(item, point, probeLoad(context, point, options))
      const cost = { ...warm, ns: inColdCaches(warm.ns, load.eventsPerSecond / options.cpus) }
      const ns = cost.ns + cost.messages * MESSAGE_NS
      const share = load.eventsPerSecond / NS_PER_SECOND
      probes.push({
        load,
        probe: item,
        cost,
        stackBytes: bytes,
        cpuPct: share * ns * PERCENT,
        attachCpuPct: share * (attachNs[load.provider] ?? 0) * PERCENT,
      })
    }
  }
  return summedUp(probes, mapEstimates(context, options.cpus), stack, options.cpus)
}

/** Of a whole program out of its parts, which have no probe and no map in common. */
export function joinedEstimate(parts: readonly Estimate[], cpus: number): Estimate {
  const probes = parts.flatMap((each) => each.probes).toSorted((a, b) => a.probe.span.start - b.probe.span.start)
  const stack = parts.reduce((most, each) => Math.max(most, each.stackBytes), 0)
  return summedUp(
    probes,
    parts.flatMap((each) => each.maps),
    stack,
    cpus,
  )
}

function summedUp(
  probes: readonly ProbeEstimate[],
  maps: readonly MapEstimate[],
  stackBytes: number,
  cpus: number,
): Estimate {
  return {
    eventsPerSecond: total(probes, (each) => each.load.eventsPerSecond),
    cpuPct: total(probes, (each) => each.cpuPct),
    attachCpuPct: total(probes, (each) => each.attachCpuPct),
    cpus,
    mapBytes: total(maps, (each) => each.bytes),
    stackBytes,
    messagesPerSecond: total(probes, (each) => each.load.eventsPerSecond * each.cost.messages),
    probes,
    maps,
    basis: basisOf(probes, cpus),
  }
}

/** Names that one function had in turn: a kernel has one of them, and only that fires. */
function onlyOne(probe: Probe, point: AttachPoint, load: ProbeLoad): ProbeLoad {
  const name = point.parts.at(-1)?.text ?? ''
  const change = load.basis === 'given' || load.basis === 'measured' ? undefined : kernelChange('function', name)
  if (change?.before === undefined || load.provider === 'tracepoint') return load
  const hasOlder = probe.attachPoints.some((each) => each.parts.at(-1)?.text === change.before)
  return hasOlder ? { ...load, eventsPerSecond: 0, hot: false } : load
}

/** How long an event really takes when it comes so often on a CPU. */
function inColdCaches(ns: number, perCpu: number): number {
  const cold = 1 / (1 + (perCpu / coldCache.halfRate) ** 2)
  return ns * (1 + coldCache.share * cold) + coldCache.ns * cold
}

function total<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0)
}

function basisOf(probes: readonly ProbeEstimate[], cpus: number): string {
  const count = (basis: string) => probes.filter((each) => each.load.basis === basis).length
  const parts = [
    [count('exact'), 'exact (timers)'],
    [count('measured'), 'measured here'],
    [count('given'), 'as given'],
    [count('typical'), 'typical for a busy server'],
    [count('guess'), 'guessed, because nothing is known of the probe'],
  ] as const
  const rates = parts.filter(([number]) => number > 0).map(([number, text]) => `${number} ${text}`)
  const machine = `${cpus} CPU${cpus === 1 ? '' : 's'}`
  const named = rates.length === 0 ? 'no probe fires repeatedly' : `rates: ${rates.join(', ')}`
  return `For ${machine}; ${named}. Costs of operations were measured with the kernel's own account of BPF programs; map sizes follow the kernel's formulas.`
}
